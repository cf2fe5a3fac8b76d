/** The parts that need nothing but this process and a folder. */
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { diskBlobs } from '../seams/blobs/disk.ts';
import { memoryCache } from '../seams/cache/memory.ts';
import { sqliteDatabase } from '../seams/database/sqlite.ts';
import { inProcessEvents } from '../seams/events/in-process.ts';
import { memoryLimits } from '../seams/limits/memory.ts';
import { memoryLive } from '../seams/live/memory.ts';
import { inProcessCarrier } from '../seams/queue/in-process.ts';
import type { Log } from '../telemetry/log.ts';
import type { Parts } from './parts.ts';

type Make<Part> = (config: Config, now: () => number, log: Log) => Part;

/** Makes a part of its seam; called only for seams that no setting gives to a server. */
export const embedded: { [Seam in keyof Parts]: Make<Parts[Seam]> } = {
  database: (config) => sqliteDatabase(config.dataDir),
  limits: (_config, now) => memoryLimits(now),
  cache: (_config, now) => memoryCache(now),
  live: (_config, _now, log) => memoryLive(log),
  queue: () => inProcessCarrier(),
  blobs: (config) => diskBlobs(join(config.dataDir, 'blobs')),
  events: (_config, _now, log) => inProcessEvents({ log }),
};
