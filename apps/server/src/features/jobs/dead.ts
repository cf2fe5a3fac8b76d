/** Jobs that were given up, for the people who decide what becomes of them. */
import { byId, pageOf } from '../../lib/page.ts';
import { iso } from '../../lib/time.ts';
import type { Executor } from '../../seams/database/port.ts';
import type { JobRow } from './table.ts';

/** Newest first. */
export async function listDead(db: Executor, { limit, cursor }: { limit: number; cursor?: string }) {
  let query = db
    .selectFrom('jobs')
    .select(['id', 'type', 'attempts', 'last_error', 'created_at', 'updated_at'])
    .where('status', '=', 'dead')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor) query = query.where('id', '<', cursor);
  return pageOf(
    await query.execute(),
    limit,
    (row) => ({
      id: row.id,
      type: row.type,
      attempts: row.attempts,
      reason: row.last_error ?? '',
      createdAt: iso(row.created_at),
      diedAt: iso(row.updated_at),
    }),
    byId,
  );
}

/** @returns the job's type; null when there is no such dead job */
export async function findDead(db: Executor, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('jobs')
    .select('type')
    .where('id', '=', id)
    .where('status', '=', 'dead')
    .executeTakeFirst();
  return row?.type ?? null;
}

/** Gives a dead job all its attempts again; null when it is not dead any more. */
export async function reviveJob(
  trx: Executor,
  id: string,
  { now, resendMs }: { now: number; resendMs: number },
): Promise<JobRow | null> {
  const row = await trx
    .updateTable('jobs')
    .set({ status: 'queued', attempts: 0, run_at: now, resend_at: now + resendMs, updated_at: now })
    .where('id', '=', id)
    .where('status', '=', 'dead')
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Forgets a dead job; answers whether it did. */
export async function dropJob(trx: Executor, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('jobs')
    .where('id', '=', id)
    .where('status', '=', 'dead')
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
