/** What must hold before anything is moved. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { sharedMigrations } from '../../seams/database/migrations/list.ts';
import type { Database, Executor } from '../../seams/database/port.ts';
import { connectReadOnly } from '../read-only.ts';
import { hasProgress, MOVE, readProgress, writeProgress } from './progress.ts';
import { targetCount } from './rows.ts';
import type { Table } from './tables.ts';

const SHOWN = 10;
const IDENTITY = 'source';
const FINISHED = 'finished';

/** Why nothing is moved, for people. */
export class MoveError extends Error {
  override readonly name = 'MoveError';
}

/** Opens the installation in a data directory; what is read is one moment of it. */
export function openInstallation(dataDir: string): { db: DatabaseSync; file: string } {
  const file = join(dataDir, 'mozarela.db');
  if (!existsSync(file)) throw new MoveError(`There is no installation in ${dataDir}: ${file} is missing.`);
  const db = connectReadOnly(file);
  db.exec('begin');
  return { db, file };
}

function requireSchema(db: DatabaseSync): void {
  const ran = new Set(
    db
      .prepare('select name from kysely_migration')
      .all()
      .map(({ name }) => String(name)),
  );
  const known = Object.keys(sharedMigrations);
  if (known.some((name) => !ran.has(name)))
    throw new MoveError('The source is of an earlier version: run `migrate` on it first.');
  const later = [...ran].filter(
    (name) => /^\d{3}-/.test(name) && !known.includes(name) && name !== '001-search',
  );
  if (later.length > 0) throw new MoveError(`The source is of a later version (${later.join(', ')}).`);
}

/** Text with NUL, which PostgreSQL refuses, by table and column. */
function nulColumns(db: DatabaseSync, tables: Table[]): string[] {
  return tables.flatMap(({ name, columns }) =>
    columns.flatMap((column) => {
      const row = db
        .prepare(
          `select count(*) as n from "${name}" where typeof("${column}") = 'text' and instr("${column}", char(0)) > 0`,
        )
        .get();
      return Number(row?.n) > 0 ? [`${name}.${column}: ${row?.n} row(s)`] : [];
    }),
  );
}

/** @throws MoveError when the source is damaged, of another version, or has what the target cannot take */
export function requireSound(db: DatabaseSync, tables: Table[]): void {
  requireSchema(db);
  const damage = db
    .prepare('pragma quick_check(10)')
    .all()
    .map((row) => String(Object.values(row)[0]));
  if (damage.join() !== 'ok') throw new MoveError(`The source is damaged: ${damage.join('; ')}`);
  const broken = db.prepare('pragma foreign_key_check').all();
  if (broken.length > 0) {
    const shown = broken
      .slice(0, SHOWN)
      .map(({ table, rowid, parent }) => `${table} row ${rowid} -> ${parent}`);
    throw new MoveError(`${broken.length} row(s) refer to what is not there: ${shown.join('; ')}`);
  }
  const nul = nulColumns(db, tables);
  if (nul.length > 0)
    throw new MoveError(`PostgreSQL takes no NUL characters, and the source has some: ${nul.join('; ')}`);
}

/** Who an installation is: its first account, and when that was made. */
function identityOf(db: DatabaseSync): string {
  const row = db.prepare('select first_user, created_at from installation').get();
  return createHash('sha256')
    .update(JSON.stringify(row ? Object.values(row) : null))
    .digest('hex');
}

/** `fresh`: nothing in it. `begun`: by an earlier run from this source. `finished`: only compared from then on. */
export type TargetState = 'fresh' | 'begun' | 'finished';

async function tablesIn(db: Executor): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = current_schema()`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

/**
 * Looks at the target without writing to it.
 * @throws MoveError when it holds anything but a move from this source
 */
export async function inspectTarget(
  db: DatabaseSync,
  target: Database,
  tables: Table[],
): Promise<TargetState> {
  const executor = target.read(MOVE);
  if (await hasProgress(executor)) {
    const identity = (await readProgress(executor, IDENTITY))?.lastKey?.[0];
    if (identity !== undefined) {
      if (identity !== identityOf(db))
        throw new MoveError(
          'The target holds another installation, or a part of one: give an empty database.',
        );
      return (await readProgress(executor, FINISHED)) ? 'finished' : 'begun';
    }
  }
  const there = await tablesIn(executor);
  for (const table of tables) {
    if (!there.has(table.name) || (await targetCount(executor, table)) === 0) continue;
    throw new MoveError(`The target has data already (${table.name}): give an empty database.`);
  }
  return 'fresh';
}

/** Notes whose data the target is about to hold. */
export const claimTarget = (db: DatabaseSync, target: Database, now: number): Promise<void> =>
  target.write(MOVE, (trx) => writeProgress(trx, IDENTITY, { lastKey: [identityOf(db)], done: true }, now));

/** Notes that everything is there: later runs only compare. */
export const finishTarget = (target: Database, now: number): Promise<void> =>
  target.write(MOVE, (trx) => writeProgress(trx, FINISHED, { lastKey: null, done: true }, now));
