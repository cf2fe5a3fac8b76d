/** node:sqlite in the shape that Kysely's SQLite dialect expects. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

const CACHED_STATEMENTS = 300;

const bind = (value: unknown): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : (value as SQLInputValue);

/**
 * @param immediate take the write lock when a transaction begins, not at its first write: otherwise two processes
 *   that read first and then write would fail instead of waiting for each other
 */
export function kyselyDatabase(db: DatabaseSync, options: { immediate: boolean }): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  const prepare = (sql: string): SqliteStatement => {
    const statement = db.prepare(options.immediate && sql === 'begin' ? 'begin immediate' : sql);
    return wrap(statement);
  };
  return {
    close: () => db.close(),
    prepare(sql) {
      let statement = statements.get(sql);
      if (!statement) {
        statement = prepare(sql);
        if (statements.size >= CACHED_STATEMENTS) statements.clear();
        statements.set(sql, statement);
      }
      return statement;
    },
  };
}

function wrap(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(bind)),
    run: (parameters) => {
      const { changes, lastInsertRowid } = statement.run(...parameters.map(bind));
      return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) };
    },
    iterate: (parameters) => statement.iterate(...parameters.map(bind)),
  };
}
