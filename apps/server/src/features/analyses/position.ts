/** How many analyses are before one in the queue, of all clinics. */
import { MOST_POSITION } from '@mozarela/contract/analyses';
import type { Executor } from '../../seams/database/port.ts';
import { analysisJobKey } from './job.ts';

/**
 * 1 is next: what waits and was asked for earlier is before it. Everybody who waits asks, so that no more are counted
 * than are told.
 * @returns MOST_POSITION for that place and all behind it; null when it does not wait any more
 */
export async function queuePosition(db: Executor, analysisId: string): Promise<number | null> {
  const own = await db
    .selectFrom('jobs')
    .select(['id', 'type'])
    .where('unique_key', '=', analysisJobKey(analysisId))
    .where('status', '=', 'queued')
    .executeTakeFirst();
  if (!own) return null;
  const row = await db
    .selectFrom(
      db
        .selectFrom('jobs')
        .select('id')
        .where('status', '=', 'queued')
        .where('type', '=', own.type)
        .where('id', '<', own.id)
        .limit(MOST_POSITION - 1)
        .as('earlier'),
    )
    .select((select) => select.fn.countAll<number>().as('before'))
    .executeTakeFirstOrThrow();
  return Number(row.before) + 1;
}
