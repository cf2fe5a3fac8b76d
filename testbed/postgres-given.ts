/** A PostgreSQL server named by TESTBED_POSTGRES_URL, in place of a private one. */
import { givenService } from './given.ts';
import type { Postgres } from './postgres.ts';
import { type PostgresServer, queryOnce } from './postgres-server.ts';
import { randomHex } from './random.ts';

/**
 * Everything happens in databases of its own, created now and dropped at `stop()`.
 * @param given URL of a role that may create databases
 */
export async function useGivenPostgres(given: string): Promise<Postgres> {
  const main = `testbed_${randomHex()}`;
  const databases: string[] = [];
  const url = (database = main) => Object.assign(new URL(given), { pathname: `/${database}` }).href;
  const refuse = async (): Promise<never> => {
    throw new Error('TESTBED_POSTGRES_URL names one server: there are no replicas');
  };

  async function createDatabase(name = `${main}_${databases.length}`): Promise<string> {
    await queryOnce(given, `CREATE DATABASE ${name}`);
    databases.push(name);
    return name;
  }

  async function stop(): Promise<void> {
    for (const name of databases.splice(0)) await queryOnce(given, `DROP DATABASE ${name} WITH (FORCE)`);
  }

  await createDatabase(main);
  const { hostname, port, username, password } = new URL(given);
  const primary: PostgresServer = {
    ...givenService('postgres'),
    host: hostname,
    port: Number(port || 5432),
    url,
    adminUrl: url,
    query: (sql, database) => queryOnce(url(database), sql),
    pauseReplay: refuse,
    resumeReplay: refuse,
    caughtUpWith: refuse,
  };
  return {
    primary,
    replicas: [],
    authority: undefined,
    role: decodeURIComponent(username),
    password: decodeURIComponent(password),
    url,
    createDatabase,
    addReplica: refuse,
    promote: refuse,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
