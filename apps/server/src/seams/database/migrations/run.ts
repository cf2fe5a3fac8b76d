/** Runs an adapter's migrations in a transaction that it has opened, and knows the work of a later build. */
import type { Transaction } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { LaterSchema } from '../port.ts';
import type { Schema } from '../schema.ts';

const TABLE = 'kysely_migration';

/** Names of the migrations that were run on this database, by whichever build; none on an empty one. */
async function migrationsRun(trx: Transaction<Schema>): Promise<string[]> {
  const tables = await trx.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === TABLE)) return [];
  const rows = await trx
    .withTables<{ [TABLE]: { name: string } }>()
    .selectFrom(TABLE)
    .select('name')
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}

/** What a later build has run: nothing unless all that this build knows came before it. */
function laterThan(known: string[], ran: string[]): string[] {
  const last = known.toSorted().at(-1) ?? '';
  const unknown = ran.filter((name) => !known.includes(name));
  const follows = known.every((name) => ran.includes(name)) && unknown.every((name) => name > last);
  return follows ? unknown : [];
}

/**
 * Answers the names of what it ran.
 * @throws LaterSchema when a later build was here; any other error when the migrations cannot run, or when the
 * database has some that are neither known nor later
 */
export async function runMigrations(
  trx: Transaction<Schema>,
  migrations: Record<string, Migration>,
): Promise<string[]> {
  const later = laterThan(Object.keys(migrations), await migrationsRun(trx));
  if (later.length > 0) throw new LaterSchema(later);
  const migrator = new Migrator({ db: trx, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) throw error;
  return results.map(({ migrationName }) => migrationName);
}
