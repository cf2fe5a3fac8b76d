/** Composition root: settings -> adapters. With adapters/, the only importer of adapters. */
import { setMaxListeners } from 'node:events';
import type { DestinationStream } from 'pino';
import { embedded } from './adapters/embedded.ts';
import type { Parts } from './adapters/parts.ts';
import type { Config } from './config.ts';
import { createJobs } from './features/jobs/service.ts';
import type { Ports } from './ports.ts';
import { createLog } from './telemetry/log.ts';
import { createMetrics, noMetrics } from './telemetry/metrics.ts';

/** What tests and embedders may replace. */
export type Overrides = { now?: () => number; logTarget?: DestinationStream };

export type Container = Ports & {
  /** Which adapter serves each seam, for the start-up log. */
  adapters: Record<string, string>;
  drain(): void;
  /** Closes the parts in the reverse order of their start. */
  close(): Promise<void>;
};

/** In the order of their start: what comes later may use what came before. */
const SEAMS = Object.keys(embedded) as (keyof Parts)[];

const usesServers = ({ parts }: Config): boolean =>
  parts.database !== null || parts.redisUrl !== null || parts.s3 !== null || parts.amqpUrl !== null;

export async function createContainer(config: Config, overrides: Overrides = {}): Promise<Container> {
  const now = overrides.now ?? Date.now;
  const log = createLog(config.log, overrides.logTarget);
  // Client libraries of servers that are not configured would cost memory and start-up time.
  const scaled = usesServers(config)
    ? await (await import('./adapters/scaled.ts')).scaledParts(config, log)
    : {};
  const made = SEAMS.map((seam) => [seam, scaled[seam] ?? embedded[seam](config, now, log)]);
  const parts = Object.fromEntries(made) as Parts;
  const ai = config.parts.ai
    ? (await import('./adapters/ai.ts')).aiProvider(config.parts.ai, config.ai)
    : null;
  const draining = new AbortController();
  // Every open event stream listens to it.
  setMaxListeners(0, draining.signal);
  return {
    config,
    log,
    metrics: config.metricsPort === null ? noMetrics : await createMetrics(),
    now,
    ...parts,
    ai,
    jobs: createJobs({ config, log, now, ...parts }),
    isDraining: () => draining.signal.aborted,
    draining: draining.signal,
    adapters: {
      ...Object.fromEntries(SEAMS.map((seam) => [seam, parts[seam].adapter])),
      ai: ai?.adapter ?? 'none',
    },
    drain: () => draining.abort(),
    async close() {
      for (const seam of SEAMS.toReversed()) await parts[seam].close();
    },
  };
}
