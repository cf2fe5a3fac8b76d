/** How many analyses are before one in the queue, of all clinics. */
import type { Executor } from '../../seams/database/port.ts';
import { analysisJobKey } from './job.ts';

/** 1 is next: what waits and was asked for earlier is before it. Null when it does not wait any more. */
export async function queuePosition(db: Executor, analysisId: string): Promise<number | null> {
  const own = await db
    .selectFrom('jobs')
    .select(['id', 'type'])
    .where('unique_key', '=', analysisJobKey(analysisId))
    .where('status', '=', 'queued')
    .executeTakeFirst();
  if (!own) return null;
  const row = await db
    .selectFrom('jobs')
    .select((select) => select.fn.countAll<number>().as('before'))
    .where('status', '=', 'queued')
    .where('type', '=', own.type)
    .where('id', '<', own.id)
    .executeTakeFirstOrThrow();
  return Number(row.before) + 1;
}
