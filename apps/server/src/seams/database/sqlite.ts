/** The embedded database: node:sqlite, one connection that writes and one that reads. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  type Dialect,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
  sql,
} from 'kysely';
import { sharedMigrations } from './migrations/list.ts';
import { runMigrations } from './migrations/run.ts';
import type { Database } from './port.ts';
import type { Schema } from './schema.ts';
import { sqliteSearch, sqliteSearchMigration } from './sqlite-search.ts';

const BUSY_TIMEOUT_MS = 10_000;
const CACHED_STATEMENTS = 500;

const migrations = { ...sharedMigrations, '001-search': sqliteSearchMigration };

/** Kysely counts SQLite among the databases whose DDL cannot be rolled back; it can. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function wrap(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}

/** What Kysely expects of a driver, with prepared statements kept for the next time. */
function adapt(connection: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => connection.close(),
    prepare(text) {
      // A transaction that starts by reading could not always become a writer: take the write lock at once.
      const source = text === 'begin' ? 'begin immediate' : text;
      const known = statements.get(source);
      if (known) return known;
      const statement = wrap(connection.prepare(source));
      if (statements.size >= CACHED_STATEMENTS) statements.delete(statements.keys().next().value!);
      statements.set(source, statement);
      return statement;
    },
  };
}

function open(file: string, options: { readOnly: boolean }): Kysely<Schema> {
  const connection = new DatabaseSync(file, { readOnly: options.readOnly, timeout: BUSY_TIMEOUT_MS });
  if (!options.readOnly) connection.exec('pragma journal_mode = wal; pragma synchronous = full');
  connection.exec('pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -16384');
  const base = new SqliteDialect({ database: adapt(connection) });
  const dialect: Dialect = {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => base.createDriver(),
    createIntrospector: (db) => base.createIntrospector(db),
    createQueryCompiler: () => base.createQueryCompiler(),
  };
  return new Kysely<Schema>({ dialect });
}

/** @param directory where the file mozarela.db lives; made when absent */
export function sqliteDatabase(directory: string): Database {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'mozarela.db');
  const writer = open(file, { readOnly: false });
  const reader = open(file, { readOnly: true });
  return {
    adapter: 'sqlite',
    search: sqliteSearch,
    read: () => reader,
    write: (_scope, work) => writer.transaction().execute(work),
    migrate: () => writer.transaction().execute((trx) => runMigrations(trx, migrations)),
    stats: () => ({}),
    async ping() {
      await sql`select 1 from kysely_migration limit 1`.execute(reader);
    },
    async close() {
      // Kysely closes only what it has used; a connection without a query is used now.
      for (const db of [reader, writer]) {
        await sql`select 1`.execute(db);
        await db.destroy();
      }
    },
  };
}
