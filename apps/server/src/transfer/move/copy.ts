/** One table: copied batch by batch, then compared row by row from its beginning to its end. */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Database } from '../../seams/database/port.ts';
import { MOVE, readProgress, writeProgress } from './progress.ts';
import {
  type BatchSize,
  batchesOf,
  countOf,
  hashOf,
  type Key,
  keyOf,
  keyText,
  type Row,
  remove,
  sourceHas,
  targetCount,
  targetKeys,
  targetRows,
  upsert,
} from './rows.ts';
import type { Table } from './tables.ts';

const KEYS_A_PAGE = 1000;
const SHOWN = 20;

export type Sides = { source: DatabaseSync; target: Database };

export type TableResult = {
  table: string;
  rows: number;
  /** SHA-256 over the rows' hashes, in the order of the source's keys. */
  checksum: string;
  targetRows: number;
  targetChecksum: string;
  /** Keys of the first rows that are not the same. */
  different: string[];
  equal: boolean;
};

/** Rows of a batch that the target does not have just so. */
async function differences({ target }: Sides, table: Table, batch: Row[]): Promise<Row[]> {
  const keys = batch.map((row) => keyOf(table, row));
  const there = await targetRows(target.read(MOVE), table, keys);
  return batch.filter((row) => {
    const other = there.get(keyText(table, row));
    return other === undefined || hashOf(table, other) !== hashOf(table, row);
  });
}

/**
 * Copies what was not copied yet. Each batch and the note of it are one transaction; each is read back.
 * @throws Error when the target does not answer what it was given
 */
export async function copyTable(
  sides: Sides,
  table: Table,
  options: { size?: BatchSize; now: () => number; progress(rows: number): void },
): Promise<void> {
  const { source, target } = sides;
  const before = await readProgress(target.read(MOVE), table.name);
  if (before?.done) return;
  let lastKey: Key | null = before?.lastKey ?? null;
  let rows = 0;
  for (const batch of batchesOf(source, table, lastKey, options.size)) {
    const key = keyOf(table, batch.at(-1) as Row);
    await target.write(MOVE, async (trx) => {
      await upsert(trx, table, batch);
      await writeProgress(trx, table.name, { lastKey: key, done: false }, options.now());
    });
    const [wrong] = await differences(sides, table, batch);
    if (wrong)
      throw new Error(`${table.name} ${keyText(table, wrong)} is not in the target as it was written`);
    lastKey = key;
    rows += batch.length;
    options.progress(rows);
  }
  await target.write(MOVE, (trx) => writeProgress(trx, table.name, { lastKey, done: true }, options.now()));
}

/** What of the target the source does not have: left by an earlier run, when the source has changed since. */
async function* extraKeys({ source, target }: Sides, table: Table): AsyncGenerator<Key[]> {
  let after: Key | null = null;
  for (;;) {
    const keys: Key[] = await targetKeys(target.read(MOVE), table, after, KEYS_A_PAGE);
    const extra = keys.filter((key) => !sourceHas(source, table, key));
    if (extra.length > 0) yield extra;
    if (keys.length < KEYS_A_PAGE) return;
    after = keys.at(-1) as Key;
  }
}

/** Brings a table that was copied by an earlier run up to date: rows that changed since. @returns how many */
export async function repairTable(sides: Sides, table: Table, size?: BatchSize): Promise<number> {
  let repaired = 0;
  for (const batch of batchesOf(sides.source, table, null, size)) {
    const rows = await differences(sides, table, batch);
    if (rows.length > 0) await sides.target.write(MOVE, (trx) => upsert(trx, table, rows));
    repaired += rows.length;
  }
  return repaired;
}

/** Removes rows that the source no longer has; tables that refer to others come first. @returns how many */
export async function removeExtras(sides: Sides, table: Table): Promise<number> {
  const { source, target } = sides;
  if ((await targetCount(target.read(MOVE), table)) <= countOf(source, table)) return 0;
  let removed = 0;
  for await (const keys of extraKeys(sides, table)) {
    await target.write(MOVE, async (trx) => {
      if (table.name === 'cases') for (const [id] of keys) await target.search.remove(trx, String(id));
      await remove(trx, table, keys);
    });
    removed += keys.length;
  }
  return removed;
}

/** Compares every row. Writes nothing. */
export async function verifyTable(sides: Sides, table: Table, size?: BatchSize): Promise<TableResult> {
  const { source, target } = sides;
  const hashes = { source: createHash('sha256'), target: createHash('sha256') };
  const different: string[] = [];
  let rows = 0;
  for (const batch of batchesOf(source, table, null, size)) {
    const keys = batch.map((row) => keyOf(table, row));
    const there = await targetRows(target.read(MOVE), table, keys);
    for (const row of batch) {
      const key = keyText(table, row);
      const other = there.get(key);
      const own = hashOf(table, row);
      const others = other ? hashOf(table, other) : 'absent';
      hashes.source.update(own);
      hashes.target.update(others);
      if (own !== others && different.length < SHOWN) different.push(key);
    }
    rows += batch.length;
  }
  const inTarget = await targetCount(target.read(MOVE), table);
  const checksum = hashes.source.digest('hex');
  const targetChecksum = hashes.target.digest('hex');
  const equal = checksum === targetChecksum && rows === inTarget;
  return { table: table.name, rows, checksum, targetRows: inTarget, targetChecksum, different, equal };
}

/** Counts and hashes the source alone. */
export function inspectTable(
  source: DatabaseSync,
  table: Table,
): Pick<TableResult, 'table' | 'rows' | 'checksum'> {
  const hash = createHash('sha256');
  let rows = 0;
  for (const batch of batchesOf(source, table, null)) {
    for (const row of batch) hash.update(hashOf(table, row));
    rows += batch.length;
  }
  return { table: table.name, rows, checksum: hash.digest('hex') };
}
