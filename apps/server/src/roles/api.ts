/** API and client only: workers do what takes long. */
import type { Config } from '../config.ts';
import type { Overrides } from '../container.ts';
import { type Running, serve } from './serve.ts';

export const start = (config: Config, _args: string[] = [], overrides: Overrides = {}): Promise<Running> =>
  serve(config, overrides, { http: true, work: false });
