/** Kysely on top of a function that runs one compiled query: connections are chosen and kept elsewhere. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  Transaction,
} from 'kysely';
import type { ClientBase, Pool } from 'pg';
import type { Schema } from './schema.ts';

export type Run = (query: CompiledQuery) => Promise<QueryResult<unknown>>;

/** The lock of the migrations is the transaction's own: see postgres-migrate.ts. */
class LocklessAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

/** Transactions are made by postgres-write.ts only. */
class QueryOnlyDriver extends DummyDriver {
  override beginTransaction(): Promise<void> {
    return Promise.reject(new Error('transactions are made by Database.write'));
  }
}

const dialect: Dialect = {
  createAdapter: () => new LocklessAdapter(),
  createDriver: () => new QueryOnlyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const driver: Driver = dialect.createDriver();
const base = new Kysely<Schema>({ dialect });

function propsOf(run: Run) {
  const connection: DatabaseConnection = {
    executeQuery: <Row>(query: CompiledQuery) => run(query) as Promise<QueryResult<Row>>,
    streamQuery() {
      throw new Error('read page by page instead of streaming');
    },
  };
  const executor = base
    .getExecutor()
    .withConnectionProvider({ provideConnection: (consumer) => consumer(connection) });
  return { config: { dialect }, driver, dialect, executor };
}

/** For single queries, each of which may run on another connection. */
export const executorOf = (run: Run): Kysely<Schema> => new Kysely<Schema>(propsOf(run));

/** For the queries of one open transaction. */
export const transactionOf = (run: Run): Transaction<Schema> => new Transaction<Schema>(propsOf(run));

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** Without a name, so that nothing stays behind on a server connection that PgBouncer gives to somebody else. */
export async function runOn(
  target: ClientBase | Pool,
  { sql, parameters }: CompiledQuery,
): Promise<QueryResult<unknown>> {
  const { command, rowCount, rows } = await target.query(sql, [...parameters]);
  return CHANGES.has(command) ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows };
}
