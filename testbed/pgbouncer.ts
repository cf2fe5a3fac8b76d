/** PgBouncer in transaction mode in front of a PostgreSQL primary. */
import { join } from 'node:path';
import { reservePort } from './ports.ts';
import type { Postgres } from './postgres.ts';
import { queryOnce } from './postgres-server.ts';
import { createService, type Service, until } from './process.ts';
import { provide } from './provision.ts';
import { createFolder, writeServerFile } from './run-folder.ts';

/** Where PgBouncer sends its clients. */
export interface Upstream {
  host: string;
  port: number;
}

export interface PgBouncerOptions {
  /** The cluster behind; its role and password are what clients log in with. */
  postgres: Postgres;
  /** Another way to the primary, such as a proxy; the primary itself if not given. */
  upstream?: Upstream;
  /** Server connections a database and role; 10 if not given. */
  poolSize?: number;
  /** Settings of the section [pgbouncer]. */
  settings?: Record<string, string | number>;
}

export interface PgBouncer extends Service {
  readonly host: string;
  readonly port: number;
  /** URL of the application's role through the pool. */
  url(database?: string): string;
  /** Runs a command of the admin console: `SHOW POOLS`, `PAUSE`, `RESUME`. */
  admin(command: string): Promise<Record<string, unknown>[]>;
  /** Sends clients to another server from now on, without a restart: what a fail-over must do. */
  retarget(upstream: Upstream): Promise<void>;
}

const ADMIN = 'pgbouncer_admin';

function configuration(upstream: Upstream, users: string, port: number, options: PgBouncerOptions): string {
  const { authority } = options.postgres;
  const settings: Record<string, string | number> = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    // No socket file: the port is what is private to a run.
    unix_socket_dir: '',
    pool_mode: 'transaction',
    default_pool_size: options.poolSize ?? 10,
    max_client_conn: 2_000,
    auth_type: 'scram-sha-256',
    auth_file: users,
    admin_users: ADMIN,
    // The defaults (15 s each) would keep clients waiting long after a replica has taken over.
    server_login_retry: 1,
    server_connect_timeout: 3,
    ...(authority && { server_tls_sslmode: 'verify-full', server_tls_ca_file: authority.caFile }),
    ...options.settings,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return `[databases]\n* = host=${upstream.host} port=${upstream.port}\n\n[pgbouncer]\n${lines.join('\n')}\n`;
}

/** Starts a private PgBouncer. */
export async function startPgBouncer(options: PgBouncerOptions): Promise<PgBouncer> {
  const programs = await provide('pgbouncer');
  const { postgres } = options;
  const folder = createFolder('pgbouncer');
  const [host, port] = ['127.0.0.1', await reservePort()];
  const users = join(folder, 'users.txt');
  const config = join(folder, 'pgbouncer.ini');
  const configure = (upstream: Upstream) =>
    writeServerFile(config, configuration(upstream, users, port, options));
  const url = (role: string, database: string) =>
    `postgres://${encodeURIComponent(role)}:${encodeURIComponent(postgres.password)}@${host}:${port}/${database}`;
  const admin = (command: string) => queryOnce<Record<string, unknown>>(url(ADMIN, 'pgbouncer'), command);

  const passwords = [postgres.role, ADMIN].map((role) => `"${role}" "${postgres.password}"\n`);
  writeServerFile(users, passwords.join(''));
  configure(options.upstream ?? postgres.primary);

  const service = createService({
    name: 'pgbouncer',
    folder,
    command: programs('pgbouncer'),
    args: [config],
    // Its own console: it is ready whether or not the server behind it is.
    ready: async () => (await admin('SHOW VERSION')).length === 1,
    // SIGTERM ends it at once, SIGINT only when its servers are idle.
    stopSignal: 'SIGTERM',
  });
  await service.start();

  return Object.assign(service, {
    host,
    port,
    url: (database = new URL(postgres.url()).pathname.slice(1)) => url(postgres.role, database),
    admin,
    async retarget(upstream: Upstream) {
      configure(upstream);
      await admin('RELOAD');
      await until('PgBouncer to know the new server', async () => {
        // A pool of a wildcard database is made for its first client; none yet is as good as all new.
        const databases = await admin('SHOW DATABASES');
        const pools = databases.filter((database) => database.host !== null);
        return pools.every((pool) => pool.host === upstream.host && Number(pool.port) === upstream.port);
      });
    },
  });
}
