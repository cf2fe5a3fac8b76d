/** Brings the schema up to date in one transaction, over the direct URL. */
import type { Kysely } from 'kysely';
import type { Client } from 'pg';
import { sharedMigrations } from './migrations/list.ts';
import { runMigrations } from './migrations/run.ts';
import { directClient } from './postgres-connection.ts';
import { isConnectionLoss } from './postgres-errors.ts';
import { runOn, transactionOf } from './postgres-executor.ts';
import { deadlineFromNow, retrying } from './postgres-retry.ts';
import { postgresSearchMigration } from './postgres-search.ts';

/** Which primaries there were, for postgres-replicas.ts. */
const timelinesMigration = {
  async up({ schema }: Kysely<unknown>): Promise<void> {
    await schema
      .createTable('timelines')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .execute();
  },
};

const migrations = {
  ...sharedMigrations,
  '001-search': postgresSearchMigration,
  '001-timelines': timelinesMigration,
};

/** Of the advisory lock that instances which start together wait for. */
const LOCK = 4_770_209_671;
/** Once it has its turn, a migration waits no longer than this for a table that is in use: others would queue up. */
const LOCK_TIMEOUT_MS = 15_000;

async function migrateOn(client: Client): Promise<string[]> {
  // The lock is the transaction's: it cannot outlive it, not even behind a pooler.
  await client.query(
    `begin; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 60000;
     select pg_advisory_xact_lock(${LOCK}); set local lock_timeout = ${LOCK_TIMEOUT_MS}`,
  );
  const ran = await runMigrations(
    transactionOf((query) => runOn(client, query)),
    migrations,
  );
  await client.query('commit');
  return ran;
}

/** Answers what it ran. Nothing has changed when it throws. */
export function migrate(url: string): Promise<string[]> {
  const attempt = async () => {
    const client = directClient(url);
    try {
      await client.connect();
      return await migrateOn(client);
    } finally {
      await client.end();
    }
  };
  // Safe to repeat even after a lost commit: what was done is not done again.
  return retrying(deadlineFromNow(), attempt, isConnectionLoss, () => {});
}
