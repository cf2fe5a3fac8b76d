import type { Executor } from '../../seams/database/port.ts';

/** Which of these keys belong to files that somebody may still ask for: not deleted, nor their case, before `since`. */
export async function keysInUse(db: Executor, keys: string[], since: number): Promise<Set<string>> {
  const rows = await db
    .selectFrom('attachments')
    .innerJoin('cases', 'cases.id', 'attachments.case_id')
    .select('blob_key')
    .where('blob_key', 'in', keys)
    .where((row) =>
      row.or([row('attachments.deleted_at', 'is', null), row('attachments.deleted_at', '>=', since)]),
    )
    .where((row) => row.or([row('cases.deleted_at', 'is', null), row('cases.deleted_at', '>=', since)]))
    .execute();
  return new Set(rows.map((row) => row.blob_key));
}
