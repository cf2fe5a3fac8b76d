/** The original system's SQLite file, only ever read. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { connectReadOnly } from '../read-only.ts';

export type LegacyValue = string | number | bigint | Uint8Array | null;

export type LegacyRow = {
  /** The row's own id, else `rowid:<n>`. */
  key: string;
  /** Columns as this version of the original has them. */
  values: Record<string, LegacyValue>;
};

export type LegacySource = {
  /** Every table with rows of the original's own. */
  readonly tables: string[];
  count(table: string): number;
  /** Sessions that had ended by then, and the others. */
  countSessions(now: number): { expired: number; live: number };
  /** When each account was first seen: its oldest session or case, by account id. Grows with the accounts only. */
  firstSeen(): Map<string, number>;
  /** All rows in the order in which they were written. */
  rows(table: string): Generator<LegacyRow>;
  close(): void;
};

/** Why there is no import, for people. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

const ROWID = 'mozarela_rowid';
const REPLACEMENT = '\uFFFD';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A number where one is exact, else the bigint. */
const toValue = (value: SQLOutputValue): LegacyValue =>
  typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    ? Number(value)
    : value;

/** Text whose bytes are not UTF-8 is answered as its bytes. */
function exactValues(
  db: DatabaseSync,
  table: string,
  rowid: number,
  values: Record<string, LegacyValue>,
): Record<string, LegacyValue> {
  const exact = { ...values };
  for (const [column, value] of Object.entries(values)) {
    if (typeof value !== 'string' || !value.includes(REPLACEMENT)) continue;
    const row = db
      .prepare(`select cast(${quoted(column)} as blob) as bytes from ${quoted(table)} where rowid = ?`)
      .get(rowid);
    if (row?.bytes instanceof Uint8Array && !Buffer.from(value).equals(row.bytes)) exact[column] = row.bytes;
  }
  return exact;
}

function* rowsOf(db: DatabaseSync, table: string): Generator<LegacyRow> {
  const statement = db.prepare(`select rowid as ${ROWID}, * from ${quoted(table)} order by rowid`);
  statement.setReadBigInts(true);
  for (const row of statement.iterate()) {
    const { [ROWID]: rowid, ...columns } = row;
    const values = Object.fromEntries(
      Object.entries(columns).map(([column, value]) => [column, toValue(value)]),
    );
    const id = values.id;
    yield {
      key: typeof id === 'string' && id !== '' ? id : `rowid:${rowid}`,
      values: exactValues(db, table, Number(rowid), values),
    };
  }
}

function firstSeen(db: DatabaseSync, tables: string[]): Map<string, number> {
  const seen = new Map<string, number>();
  const collect = (query: string) => {
    for (const { id, at } of db.prepare(query).iterate()) {
      if (typeof id !== 'string' || typeof at !== 'number') continue;
      seen.set(id, Math.min(at, seen.get(id) ?? at));
    }
  };
  if (tables.includes('sessions'))
    collect(
      "select userId as id, min(createdAt) as at from sessions where typeof(createdAt) = 'integer' group by userId",
    );
  if (tables.includes('cases'))
    collect(`select json_extract(data, '$.userId') as id, min(timestamp) as at from cases
      where typeof(timestamp) = 'integer' and timestamp between 0 and 9007199254740991
        and json_valid(case typeof(data) when 'text' then data end)
      group by 1`);
  return seen;
}

/**
 * Opens the database of an original system. What is read is one moment of it, also while the original still runs.
 * @throws ImportError when it is not there or is something else
 */
export function openLegacy(path: string): LegacySource {
  const file = resolve(path);
  if (!existsSync(file)) throw new ImportError(`There is no file ${file}.`);
  let db: DatabaseSync;
  let tables: string[];
  try {
    db = connectReadOnly(file);
    db.exec('pragma temp_store = file; begin');
    tables = db
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!' order by name",
      )
      .all()
      .map(({ name }) => String(name));
  } catch (error) {
    throw new ImportError(`${file} cannot be read as a SQLite database: ${(error as Error).message}`);
  }
  if (!tables.includes('users') || !tables.includes('cases')) {
    db.close();
    throw new ImportError(
      `${file} is not a database of the original system: it has no tables "users" and "cases".`,
    );
  }
  const count = (table: string, where = 'true', ...values: number[]) =>
    Number(db.prepare(`select count(*) as n from ${quoted(table)} where ${where}`).get(...values)?.n ?? 0);
  const columnsOf = (table: string) =>
    db
      .prepare(`select name from pragma_table_info(?)`)
      .all(table)
      .map(({ name }) => String(name));
  return {
    tables,
    count: (table) => count(table),
    countSessions(now) {
      if (!tables.includes('sessions')) return { expired: 0, live: 0 };
      const all = count('sessions');
      const expires = columnsOf('sessions').includes('expiresAt');
      const live = expires ? count('sessions', "typeof(expiresAt) = 'integer' and expiresAt > ?", now) : all;
      return { expired: all - live, live };
    },
    firstSeen: () => firstSeen(db, tables),
    rows: (table) => rowsOf(db, table),
    close: () => db.close(),
  };
}
