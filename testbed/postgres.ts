/** PostgreSQL: a primary and its streaming replicas, with fail-over. */
import { useGivenPostgres } from './postgres-given.ts';
import {
  APP_ROLE,
  type ClusterConfig,
  connectionTo,
  type PostgresServer,
  startPrimary,
  startStandby,
} from './postgres-server.ts';
import { provide } from './provision.ts';
import { randomHex } from './random.ts';
import { type Authority, createAuthority } from './tls.ts';

export interface PostgresOptions {
  /** Streaming standbys; 0 if not given. */
  replicas?: number;
  /** A commit is acknowledged only when one standby has it too; it waits while all standbys are dead. */
  synchronous?: boolean;
  /** TLS only, with a private authority; URLs say `sslmode=verify-full`. */
  tls?: boolean;
  /** Settings of postgresql.conf. */
  settings?: Record<string, string | number>;
}

export interface Postgres extends AsyncDisposable {
  readonly primary: PostgresServer;
  readonly replicas: readonly PostgresServer[];
  /** The authority's certificate, with `tls`. */
  readonly authority: Authority | undefined;
  /** The role of `url()`, and its password: what a pooler in front must know. */
  readonly role: string;
  readonly password: string;
  /** Direct URL of the primary of now, for the application's role. */
  url(database?: string): string;
  /** Creates an empty database for one test; `url(name)` reaches it on each server. */
  createDatabase(name?: string): Promise<string>;
  /** Copies the primary once more. */
  addReplica(): Promise<PostgresServer>;
  /**
   * Makes a replica the primary and points the others at it; dead ones are forgotten. The old primary is left
   * as it is: kill it before.
   * @param replica the one that has received most, if not given
   */
  promote(replica?: PostgresServer): Promise<PostgresServer>;
  /** Ends all servers of this cluster, old primaries too. */
  stop(): Promise<void>;
}

/**
 * Starts a private PostgreSQL cluster with the role and database `mozarela`. Without options, a server that
 * TESTBED_POSTGRES_URL names takes its place.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const given = process.env.TESTBED_POSTGRES_URL;
  if (given && Object.values(options).every((option) => !option)) return useGivenPostgres(given);
  const authority = options.tls ? await createAuthority() : undefined;
  const config: ClusterConfig = {
    programs: await provide('postgres'),
    password: randomHex(),
    settings: options.settings ?? {},
    authority,
  };
  const all: PostgresServer[] = [];
  let primary: PostgresServer;
  let replicas: PostgresServer[] = [];

  async function addReplica(): Promise<PostgresServer> {
    const replica = await startStandby(`replica${all.length}`, primary, config);
    all.push(replica);
    replicas.push(replica);
    if (replicas.length === 1) await requireSynchronous();
    return replica;
  }

  async function requireSynchronous(): Promise<void> {
    if (!options.synchronous) return;
    // Without a replica every commit would wait for ever; a copied primary may have copied the wish.
    const names = replicas.length > 0 ? 'ANY 1 (*)' : '';
    await primary.query(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
    await primary.query('SELECT pg_reload_conf()');
  }

  async function stop(): Promise<void> {
    // Standbys first: a primary waits at its stop until they have received everything.
    for (const server of all.toReversed()) await server.stop();
  }

  try {
    primary = await startPrimary('primary', config);
    all.push(primary);
    for (let i = 0; i < (options.replicas ?? 0); i += 1) await addReplica();
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    get primary() {
      return primary;
    },
    get replicas() {
      return replicas;
    },
    authority,
    role: APP_ROLE,
    password: config.password,
    url: (database) => primary.url(database),
    async createDatabase(name = `test_${randomHex()}`) {
      await primary.query(`CREATE DATABASE ${name} OWNER ${APP_ROLE}`);
      return name;
    },
    addReplica,
    async promote(replica) {
      const chosen = replica ?? (await mostAdvanced(replicas));
      await chosen.query('SELECT pg_promote(true, 30)');
      primary = chosen;
      replicas = replicas.filter((other) => other !== chosen && other.pid);
      for (const other of replicas) await follow(other, chosen, config);
      await requireSynchronous();
      return chosen;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function mostAdvanced(replicas: PostgresServer[]): Promise<PostgresServer> {
  const received = await Promise.all(
    replicas.map(async (replica) => {
      const sql = `SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')::float8 AS bytes`;
      const rows = await replica.query<{ bytes: number }>(sql).catch(() => []);
      return { replica, bytes: rows[0]?.bytes ?? -1 };
    }),
  );
  const [best] = received.toSorted((a, b) => b.bytes - a.bytes);
  if (!best) throw new Error('there is no replica to promote');
  return best.replica;
}

async function follow(
  standby: PostgresServer,
  primary: PostgresServer,
  config: ClusterConfig,
): Promise<void> {
  await primary.query(`SELECT pg_create_physical_replication_slot('${standby.name}', true)`);
  const connection = connectionTo(primary, standby.name, config);
  await standby.query(`ALTER SYSTEM SET primary_conninfo = '${connection}'`);
  await standby.query('SELECT pg_reload_conf()');
}
