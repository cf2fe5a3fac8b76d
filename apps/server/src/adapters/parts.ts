/** One part for each seam, whichever adapter serves it. */
import type { Blobs } from '../seams/blobs/port.ts';
import type { Cache } from '../seams/cache/port.ts';
import type { Database } from '../seams/database/port.ts';
import type { EventBus } from '../seams/events/port.ts';
import type { Limits } from '../seams/limits/port.ts';
import type { Live } from '../seams/live/port.ts';
import type { Carrier } from '../seams/queue/port.ts';

export type Parts = {
  database: Database;
  limits: Limits;
  cache: Cache;
  live: Live;
  queue: Carrier;
  blobs: Blobs;
  events: EventBus;
};
