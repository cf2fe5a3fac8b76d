/** What features get: ports and settings, never adapters. */
import type { Config } from './config.ts';
import type { Database } from './seams/database/port.ts';
import type { Limits } from './seams/limits/port.ts';
import type { Log } from './telemetry/log.ts';

export type Ports = {
  config: Config;
  log: Log;
  database: Database;
  limits: Limits;
  /** The clock, in milliseconds since 1970. */
  now: () => number;
  /** True once the process has been told to stop: it finishes what it has and takes nothing new. */
  isDraining: () => boolean;
};
