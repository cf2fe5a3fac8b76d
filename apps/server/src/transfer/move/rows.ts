/** Rows on both sides, and what makes two of them the same. */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import type { Executor } from '../../seams/database/port.ts';
import type { Table } from './tables.ts';

export type Value = string | number | bigint | Uint8Array | null;
/** By column. */
export type Row = Record<string, Value>;
export type Key = Value[];

export type BatchSize = { rows: number; bytes: number };
export const BATCH: BatchSize = { rows: 500, bytes: 2 * 1024 * 1024 };

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const list = (names: string[]) => names.map(quoted).join(', ');

export const keyOf = (table: Table, row: Row): Key => table.key.map((column) => row[column] ?? null);

const plain = (value: Value | undefined): unknown => {
  if (value instanceof Uint8Array) return { $base64: Buffer.from(value).toString('base64') };
  return typeof value === 'bigint' ? Number(value) : (value ?? null);
};

/** SHA-256 of a row: its values in the order of the source's columns, as JSON. */
export const hashOf = (table: Table, row: Row): string =>
  createHash('sha256')
    .update(JSON.stringify(table.columns.map((column) => plain(row[column]))))
    .digest('hex');

/** The same text for the same key on both sides. */
export const keyText = (table: Table, row: Row): string => JSON.stringify(keyOf(table, row).map(plain));

const sizeOf = (row: Row) =>
  Object.values(row).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);

/** Rows of the source by key, in batches. @param after the last key that was seen; null from the start */
export function* batchesOf(
  db: DatabaseSync,
  table: Table,
  after: Key | null,
  size: BatchSize = BATCH,
): Generator<Row[]> {
  const places = table.key.map(() => '?').join(', ');
  const where = after ? `where (${list(table.key)}) > (${places})` : '';
  const statement = db.prepare(
    `select ${list(table.columns)} from ${quoted(table.name)} ${where} order by ${list(table.key)}`,
  );
  let batch: Row[] = [];
  let bytes = 0;
  for (const row of statement.iterate(...(after ?? []))) {
    batch.push(row);
    bytes += sizeOf(row);
    if (batch.length < size.rows && bytes < size.bytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

export const countOf = (db: DatabaseSync, table: Table): number =>
  Number(db.prepare(`select count(*) as n from ${quoted(table.name)}`).get()?.n);

export function sourceHas(db: DatabaseSync, table: Table, key: Key): boolean {
  const where = table.key.map((column) => `${quoted(column)} = ?`).join(' and ');
  return db.prepare(`select 1 as n from ${quoted(table.name)} where ${where}`).get(...key) !== undefined;
}

const keyColumns = (table: Table) => sql.join(table.key.map((column) => sql.ref(column)));
const tuple = (key: Key) => sql`(${sql.join(key)})`;
const among = (table: Table, keys: Key[]) => sql`(${keyColumns(table)}) in (${sql.join(keys.map(tuple))})`;

/** The target's rows with these keys, by the text of their key. */
export async function targetRows(db: Executor, table: Table, keys: Key[]): Promise<Map<string, Row>> {
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  const { rows } = await sql<Row>`select ${columns} from ${sql.table(table.name)}
    where ${among(table, keys)}`.execute(db);
  return new Map(rows.map((row) => [keyText(table, row), row]));
}

export async function targetCount(db: Executor, table: Table): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table.name)}`.execute(db);
  return Number(rows[0]?.n);
}

/** Keys of the target after another one, in the target's own order. */
export async function targetKeys(
  db: Executor,
  table: Table,
  after: Key | null,
  limit: number,
): Promise<Key[]> {
  const from = after ? sql`where (${keyColumns(table)}) > ${tuple(after)}` : sql``;
  const { rows } = await sql<Row>`select ${keyColumns(table)} from ${sql.table(table.name)} ${from}
    order by ${keyColumns(table)} limit ${sql.lit(limit)}`.execute(db);
  return rows.map((row) => keyOf(table, row));
}

/** Writes rows, over those with the same key. */
export async function upsert(trx: Executor, table: Table, rows: Row[]): Promise<void> {
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  const values = rows.map((row) => tuple(table.columns.map((column) => row[column] ?? null)));
  const others = table.columns.filter((column) => !table.key.includes(column));
  const changes = others.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
  const conflict = others.length > 0 ? sql`do update set ${sql.join(changes)}` : sql`do nothing`;
  await sql`insert into ${sql.table(table.name)} (${columns}) values ${sql.join(values)}
    on conflict (${keyColumns(table)}) ${conflict}`.execute(trx);
}

export async function remove(trx: Executor, table: Table, keys: Key[]): Promise<void> {
  await sql`delete from ${sql.table(table.name)} where ${among(table, keys)}`.execute(trx);
}
