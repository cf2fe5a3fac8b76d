/** How far a move is, in the target itself and in the transactions that move: a killed run loses nothing but time. */
import { sql } from 'kysely';
import type { Database, Executor } from '../../seams/database/port.ts';
import type { Key } from './rows.ts';

/** Moves into one target follow each other. */
export const MOVE = 'move';

const TABLE = 'move_progress';

/** Of one step: a table's name, `search`, or the move itself. */
export type Progress = { lastKey: Key | null; done: boolean };

type Stored = { last_key: string | null; done: number };

/** Makes the table where the target keeps its progress. */
export const prepareProgress = (target: Database): Promise<void> =>
  target.write(MOVE, async (trx) => {
    await sql`create table if not exists ${sql.table(TABLE)} (
      step text primary key, last_key text, done integer not null, updated_at bigint not null)`.execute(trx);
  });

export async function hasProgress(db: Executor): Promise<boolean> {
  const { rows } = await sql`select 1 as n from information_schema.tables
    where table_schema = current_schema() and table_name = ${TABLE}`.execute(db);
  return rows.length > 0;
}

/** Null when the step was never begun. */
export async function readProgress(db: Executor, step: string): Promise<Progress | null> {
  const { rows } =
    await sql<Stored>`select last_key, done from ${sql.table(TABLE)} where step = ${step}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  return { lastKey: row.last_key === null ? null : (JSON.parse(row.last_key) as Key), done: row.done === 1 };
}

export async function writeProgress(
  trx: Executor,
  step: string,
  { lastKey, done }: Progress,
  now: number,
): Promise<void> {
  const key = lastKey === null ? null : JSON.stringify(lastKey);
  await sql`insert into ${sql.table(TABLE)} (step, last_key, done, updated_at)
    values (${step}, ${key}, ${done ? 1 : 0}, ${now})
    on conflict (step) do update set last_key = excluded.last_key, done = excluded.done,
      updated_at = excluded.updated_at`.execute(trx);
}
