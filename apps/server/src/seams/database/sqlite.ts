/**
 * SQLite: one file, one connection that writes and one that reads. WAL lets reads go on during a write;
 * synchronous=FULL makes an acknowledged transaction survive a power cut.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { initial } from './migrations/001-initial.ts';
import { kyselyDatabase } from './node-sqlite.ts';
import type { Database } from './port.ts';
import type { Schema } from './schema.ts';
import { sqliteSearch } from './sqlite-search.ts';

const BUSY_TIMEOUT_MS = 5_000;

function open(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -16000;',
  );
  return db;
}

const migrations = {
  '001-initial': initial(async (db) => {
    await sql`create virtual table cases_fts using fts5 (
      clinic, body, content = '', contentless_delete = 1,
      tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    )`.execute(db);
  }),
};

/** @param dataDir made when missing; the database is its file `mozarela.db` */
export function sqliteDatabase(dataDir: string): Database {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'mozarela.db');
  const kysely = (immediate: boolean) =>
    new Kysely<Schema>({
      dialect: new SqliteDialect({ database: async () => kyselyDatabase(open(file), { immediate }) }),
    });
  const write = kysely(true);
  const read = kysely(false);
  return {
    name: 'SQLite',
    read,
    transaction: (work) => write.transaction().execute(work),
    search: sqliteSearch,
    async migrate() {
      const migrator = new Migrator({ db: write, provider: { getMigrations: async () => migrations } });
      const { error } = await migrator.migrateToLatest();
      if (error) throw error;
    },
    async ping() {
      await sql`select 1`.execute(read);
    },
    isUniqueViolation: (error) =>
      error instanceof Error && /UNIQUE constraint failed|PRIMARY KEY/.test(error.message),
    async close() {
      await read.destroy();
      await write.destroy();
    },
  };
}
