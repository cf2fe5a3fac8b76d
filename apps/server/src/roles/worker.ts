/** Background work only. */
import type { Config } from '../config.ts';
import type { Overrides } from '../container.ts';
import { type Running, serve } from './serve.ts';

/** Whoever supervises the process starts it anew, with new connections; its jobs come back by their leases. */
const onStuck = () => process.exit(1);

export const start = (config: Config, _args: string[] = [], overrides: Overrides = {}): Promise<Running> =>
  serve(config, overrides, { http: false, work: true, onStuck });
