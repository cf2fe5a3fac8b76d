/** What features get: ports and settings, never adapters. */
import type { Parts } from './adapters/parts.ts';
import type { Config } from './config.ts';
import type { AiProvider } from './seams/ai/port.ts';
import type { Jobs } from './seams/queue/job.ts';
import type { Log } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';

export type Ports = Parts & {
  config: Config;
  log: Log;
  metrics: Metrics;
  /** Null: no language model is set up, and nothing needs one. */
  ai: AiProvider | null;
  /** The clock, in milliseconds since 1970. */
  now: () => number;
  /** Transactions that ask for background work. */
  jobs: Jobs;
  /** True once the process has been told to stop: it finishes what it has and takes nothing new. */
  isDraining: () => boolean;
  /** Aborted at that moment: what would go on for long ends. */
  draining: AbortSignal;
};
