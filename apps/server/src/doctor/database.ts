/** The database, its direct address, and its replicas. */
import { sql } from 'kysely';
import type { DatabaseParts } from '../config/parts.ts';
import { newId } from '../ids.ts';
import { ACCOUNTS, type Database } from '../seams/database/port.ts';
import type { Check } from './check.ts';

/** Opens a server by its URL alone. */
export type OpenServer = (url: string) => Database;

const LAG_WARNING_S = 10;

class RolledBack extends Error {}

async function roundTrip(database: Database): Promise<string> {
  await database.ping();
  const id = newId();
  const find = (db: ReturnType<Database['read']>) =>
    db.selectFrom('clinics').select('id').where('id', '=', id).execute();
  let seen = 0;
  await database
    .write(ACCOUNTS, async (trx) => {
      await trx.insertInto('clinics').values({ id, name: 'Doctor', created_at: 0 }).execute();
      seen = (await find(trx)).length;
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  if (seen !== 1) throw new Error('a row that was written could not be read');
  if ((await find(database.read(ACCOUNTS))).length > 0) throw new Error('a transaction was not rolled back');
  return 'wrote, read and rolled back a row';
}

async function onServer<T>(open: OpenServer, url: string, ask: (db: Database) => Promise<T>): Promise<T> {
  const server = open(url);
  try {
    return await ask(server);
  } finally {
    await server.close();
  }
}

async function replicaState(server: Database): Promise<string> {
  const { rows } = await sql<{ replica: boolean; lag: number | null }>`select
    pg_is_in_recovery() as replica,
    case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
      else extract(epoch from now() - pg_last_xact_replay_timestamp())::float8 end as lag`.execute(
    server.read(ACCOUNTS),
  );
  const [row] = rows;
  if (!row?.replica) throw new Error('that server is not a replica: it takes writes');
  const lag = Math.round(row.lag ?? 0);
  if (lag > LAG_WARNING_S) throw new Error(`it is ${lag} s behind, so it answers nothing`);
  return `follows the primary, ${lag} s behind`;
}

/** @param parts null for the embedded database */
export function databaseChecks(database: Database, parts: DatabaseParts | null, open: OpenServer): Check[] {
  const check = (part: string, advice: string, run: Check['run']): Check => ({
    part,
    adapter: parts ? 'postgres' : 'sqlite',
    advice,
    run,
  });
  if (!parts)
    return [
      check(
        'database',
        'MOZARELA_DATA_DIR must be a folder that this user may write to, on a local disk with room.',
        () => roundTrip(database),
      ),
    ];
  const { directUrl, replicaUrls } = parts;
  return [
    check('database', 'Look at DATABASE_URL: host, port, user, password, database, sslmode.', () =>
      roundTrip(database),
    ),
    ...(directUrl
      ? [
          check('database, direct', 'DATABASE_DIRECT_URL must lead to the primary itself.', () =>
            onServer(open, directUrl, async (server) => {
              const { rows } = await sql<{
                replica: boolean;
              }>`select pg_is_in_recovery() as replica from kysely_migration limit 1`.execute(
                server.read(ACCOUNTS),
              );
              if (rows[0]?.replica) throw new Error('that server is a replica');
              return 'answers, so that migrations can run';
            }),
          ),
        ]
      : []),
    ...replicaUrls.map((url, index) =>
      check(
        `replica ${index + 1}`,
        'Look at DATABASE_REPLICA_URLS; until it works the primary answers for it.',
        () => onServer(open, url, replicaState),
      ),
    ),
  ];
}
