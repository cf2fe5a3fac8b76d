/** The whole program in one process: background work, API, client. */
import type { Config } from '../config.ts';
import type { Overrides } from '../container.ts';
import { type Running, serve } from './serve.ts';

export const start = (config: Config, _args: string[] = [], overrides: Overrides = {}): Promise<Running> =>
  serve(config, overrides, { http: true, work: true });
