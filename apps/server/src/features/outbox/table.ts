/** The event table as outbox. Unpublished events of a case are its newest ones, so the order of the key is theirs. */
import { sql } from 'kysely';
import type { Executor } from '../../seams/database/port.ts';
import type { CaseNotice } from '../../seams/events/port.ts';

export type EventKey = { caseId: string; seq: number };

/** The keys of events that wait, in the order in which they may go. */
export async function unpublished(db: Executor, limit: number): Promise<EventKey[]> {
  const rows = await db
    .selectFrom('case_events')
    .select(['case_id', 'seq'])
    .where('published_at', 'is', null)
    .orderBy('case_id')
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ caseId: row.case_id, seq: row.seq }));
}

const among = (keys: EventKey[]) =>
  sql<boolean>`(case_id, seq) in (values ${sql.join(
    keys.map(({ caseId, seq }) => sql`(${caseId}, cast(${seq} as integer))`),
  )})`;

/** Counts an attempt for those that still wait, before it is made: what was tried once may have got through. */
export async function claim(trx: Executor, keys: EventKey[]): Promise<CaseNotice[]> {
  const rows = await trx
    .updateTable('case_events')
    .set((column) => ({ publish_attempts: column('publish_attempts', '+', 1) }))
    .where('published_at', 'is', null)
    .where(among(keys))
    .returning(['case_id', 'seq', 'clinic_id', 'type', 'at', 'publish_attempts'])
    .execute();
  const notices = rows.map((row) => ({
    caseId: row.case_id,
    seq: row.seq,
    clinicId: row.clinic_id,
    type: row.type,
    at: row.at,
    repeated: row.publish_attempts > 1,
  }));
  return notices.sort((a, b) => (a.caseId === b.caseId ? a.seq - b.seq : a.caseId < b.caseId ? -1 : 1));
}

export async function markPublished(trx: Executor, keys: EventKey[], at: number): Promise<void> {
  await trx.updateTable('case_events').set({ published_at: at }).where(among(keys)).execute();
}

export type OutboxLag = {
  waiting: number /** Age of the oldest, milliseconds; 0 when none waits. */;
  oldestMs: number;
};

/** How far the bus is behind the table. */
export async function outboxLag(db: Executor, now: number): Promise<OutboxLag> {
  const row = await db
    .selectFrom('case_events')
    .select(({ fn }) => [fn.countAll<number>().as('waiting'), fn.min('at').as('oldest')])
    .where('published_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { waiting: Number(row.waiting), oldestMs: row.oldest === null ? 0 : Math.max(0, now - row.oldest) };
}
