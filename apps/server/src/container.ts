/** Composition root: settings -> adapters. The only importer of adapters. */
import type { DestinationStream } from 'pino';
import type { Config } from './config.ts';
import type { Ports } from './ports.ts';
import { sqliteDatabase } from './seams/database/sqlite.ts';
import { memoryLimits } from './seams/limits/memory.ts';
import { createLog } from './telemetry/log.ts';

/** What tests and embedders may replace. */
export type Overrides = { now?: () => number; logTarget?: DestinationStream };

export type Container = Ports & {
  /** Which adapter serves each seam, for the start-up log. */
  adapters: Record<string, string>;
  drain(): void;
  /** Closes the parts in the reverse order of their start. */
  close(): Promise<void>;
};

export function createContainer(config: Config, overrides: Overrides = {}): Container {
  const now = overrides.now ?? Date.now;
  const log = createLog(config.log, overrides.logTarget);
  const database = sqliteDatabase(config.dataDir);
  const limits = memoryLimits(now);
  let draining = false;
  return {
    config,
    log,
    database,
    limits,
    now,
    isDraining: () => draining,
    adapters: { database: database.adapter, limits: limits.adapter },
    drain: () => {
      draining = true;
    },
    async close() {
      for (const part of [limits, database]) await part.close();
    },
  };
}
