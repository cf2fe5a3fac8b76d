/** Files that nobody can ask for any more: of requests that failed and uploads that were cut off half-way, of what was deleted a month ago. */
import { DAY_MS } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import type { JobHandler } from '../../seams/queue/job.ts';
import { keysInUse } from './queries.ts';
import { BLOB_PREFIX } from './service.ts';

/** A younger file may belong to a request that is still under way. */
const YOUNG_MS = DAY_MS;
/** As long as a deletion can be undone. */
const KEPT_MS = 30 * DAY_MS;
const BATCH = 500;

/** Deletes what has no use by now; answers how many files, stored ones and beginnings of some. */
export async function cleanOrphans({ blobs, database, now }: Ports, signal?: AbortSignal): Promise<number> {
  const time = now();
  let deleted = 0;
  async function sweep(keys: string[]): Promise<void> {
    signal?.throwIfAborted();
    if (keys.length === 0) return;
    const used = await keysInUse(database.read(ACCOUNTS), keys, time - KEPT_MS);
    for (const key of keys.filter((one) => !used.has(one))) {
      await blobs.delete(key);
      deleted += 1;
    }
  }
  let batch: string[] = [];
  for await (const { key, modifiedAt } of blobs.list(BLOB_PREFIX)) {
    if (modifiedAt > time - YOUNG_MS) continue;
    batch.push(key);
    if (batch.length < BATCH) continue;
    await sweep(batch);
    batch = [];
  }
  await sweep(batch);
  return deleted + (await blobs.removeUnfinished(BLOB_PREFIX, time - YOUNG_MS));
}

export const cleanFilesHandler = (ports: Ports): JobHandler => ({
  async run({ signal }) {
    const files = await cleanOrphans(ports, signal);
    ports.log.debug({ files }, 'removed files that nobody can ask for');
  },
});
