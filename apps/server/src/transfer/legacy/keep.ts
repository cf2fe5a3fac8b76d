import type { Executor } from '../../seams/database/port.ts';

export type KeptRow = {
  table: string;
  key: string;
  raw: string;
  reason: string;
  /** The account, or the case, that was made of it. */
  userId?: string;
  caseId?: string;
};

/** No database takes NUL in a text; the raw row has it as an escape. */
const visible = (text: string) => text.replaceAll('\0', '\\u0000').toWellFormed();

/** Keeps rows as they were; a row that is kept already stays. */
export async function keepRows(trx: Executor, rows: KeptRow[], now: number): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .insertInto('legacy_rows')
    .values(
      rows.map(({ table, key, raw, reason, userId, caseId }) => ({
        source_table: visible(table),
        row_key: visible(key),
        raw,
        reason: visible(reason),
        user_id: userId ?? null,
        case_id: caseId ?? null,
        imported_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['source_table', 'row_key']).doNothing())
    .execute();
}
