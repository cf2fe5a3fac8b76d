/** One PostgreSQL instance, primary or standby, in a folder of its own. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { reservePort } from './ports.ts';
import { createService, run, type Service, until } from './process.ts';
import { createFolder, writeServerFile } from './run-folder.ts';
import type { Authority } from './tls.ts';

export const APP_ROLE = 'mozarela';
export const APP_DATABASE = 'mozarela';
const ADMIN = 'postgres';

/** What all instances of one cluster share. */
export interface ClusterConfig {
  programs: (program: string) => string;
  password: string;
  settings: Record<string, string | number>;
  authority: Authority | undefined;
}

export interface PostgresServer extends Service {
  readonly host: string;
  readonly port: number;
  /** URL of the application's role, which owns its databases and is no superuser. */
  url(database?: string): string;
  /** URL of the superuser. */
  adminUrl(database?: string): string;
  /** Runs SQL as superuser on a connection of its own. */
  query<Row extends QueryResultRow>(sql: string, database?: string): Promise<Row[]>;
  /** On a standby: receives but no longer shows what the primary writes, while reads still work. */
  pauseReplay(): Promise<void>;
  resumeReplay(): Promise<void>;
  /** Resolves when this standby shows all that the primary has written by now. */
  caughtUpWith(primary: PostgresServer, withinMs?: number): Promise<void>;
}

/** Runs SQL on a connection of its own. */
export async function queryOnce<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that dies ends the query with a rejection; the event must not end the process as well.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function postgresUrl(
  server: { host: string; port: number },
  config: ClusterConfig,
  role: string,
  database: string,
) {
  const tls = config.authority
    ? `?sslmode=verify-full&sslrootcert=${encodeURIComponent(config.authority.caFile)}`
    : '';
  return `postgres://${role}:${config.password}@${server.host}:${server.port}/${database}${tls}`;
}

async function serverArgs(folder: string, port: number, config: ClusterConfig): Promise<string[]> {
  const settings: Record<string, string | number> = {
    port,
    // The name matters for TLS, the address for all else.
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // A killed process loses nothing that it wrote to the kernel: only a power cut would need fsync.
    fsync: 'off',
    shared_buffers: '32MB',
    max_connections: 200,
    wal_retrieve_retry_interval: '200ms',
    log_min_messages: 'warning',
    ...config.settings,
  };
  if (config.authority) {
    const certificate = await config.authority.issue(`postgres-${port}`, ['DNS:localhost']);
    Object.assign(settings, {
      ssl: 'on',
      ssl_cert_file: certificate.certFile,
      ssl_key_file: certificate.keyFile,
    });
  }
  return ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function instance(name: string, data: string, config: ClusterConfig): Promise<PostgresServer> {
  const port = await reservePort();
  const at = { host: config.authority ? 'localhost' : '127.0.0.1', port };
  const adminUrl = (database = 'postgres') => postgresUrl(at, config, ADMIN, database);
  const query = <Row extends QueryResultRow>(sql: string, database?: string) =>
    queryOnce<Row>(adminUrl(database), sql);
  const service = createService({
    name,
    folder: createFolder(`${name}-log`),
    command: config.programs('postgres'),
    args: await serverArgs(data, port, config),
    ready: async () => (await query('SELECT 1')).length === 1,
    // Fast shutdown: ends connections and writes a checkpoint. SIGTERM would wait for clients to leave.
    stopSignal: 'SIGINT',
    readyWithinMs: 30_000,
  });
  const stop = service.stop;
  // Onto the service itself: a copy would freeze its `pid`.
  return Object.assign(service, {
    ...at,
    adminUrl,
    query,
    url: (database = APP_DATABASE) => postgresUrl(at, config, APP_ROLE, database),
    async stop() {
      await stop();
      await removeSharedMemory(data);
    },
    pauseReplay: async () => void (await query('SELECT pg_wal_replay_pause()')),
    resumeReplay: async () => void (await query('SELECT pg_wal_replay_resume()')),
    async caughtUpWith(primary: PostgresServer, withinMs = 10_000) {
      const [row] = await primary.query<{ lsn: string }>('SELECT pg_current_wal_lsn() AS lsn');
      const shown = `SELECT pg_last_wal_replay_lsn() >= '${row?.lsn}' AS done`;
      const check = async () => (await query<{ done: boolean }>(shown))[0]?.done === true;
      await until(`${name} to catch up`, check, { withinMs });
    },
  });
}

/** What `kill -9` left behind in the kernel, known by the lock file that an ordinary stop deletes. */
async function removeSharedMemory(data: string): Promise<void> {
  const lockFile = join(data, 'postmaster.pid');
  if (!existsSync(lockFile)) return;
  const id = readFileSync(lockFile, 'utf8').split('\n')[6]?.trim().split(/\s+/)[1];
  if (id) await run('ipcrm', ['-m', id], { folder: data }).catch(() => {});
  rmSync(lockFile);
}

/** Makes an empty database cluster with the application's role and database, and starts it. */
export async function startPrimary(name: string, config: ClusterConfig): Promise<PostgresServer> {
  const data = createFolder(name);
  const passwordFile = join(createFolder(`${name}-password`), 'password');
  writeServerFile(passwordFile, config.password);
  await run(
    config.programs('initdb'),
    [
      '-D',
      data,
      '-U',
      ADMIN,
      '--pwfile',
      passwordFile,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '-N',
    ],
    { folder: data },
  );
  if (config.authority) refusePlainText(data);
  const server = await instance(name, data, config);
  await server.start();
  await server.query(`CREATE ROLE ${APP_ROLE} LOGIN CREATEDB PASSWORD '${config.password}'`);
  await server.query(`CREATE DATABASE ${APP_DATABASE} OWNER ${APP_ROLE}`);
  return server;
}

function refusePlainText(data: string): void {
  const file = join(data, 'pg_hba.conf');
  const rules = readFileSync(file, 'utf8').replaceAll(/^host\s/gm, 'hostssl ');
  writeServerFile(file, rules);
}

/** How a standby reaches its primary, in libpq's words. */
export function connectionTo(primary: PostgresServer, standby: string, config: ClusterConfig): string {
  const words: Record<string, string | number> = {
    host: primary.host,
    port: primary.port,
    user: ADMIN,
    password: config.password,
    application_name: standby,
  };
  if (config.authority)
    Object.assign(words, { sslmode: 'verify-full', sslrootcert: config.authority.caFile });
  return Object.entries(words)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

/** Copies the primary and starts the copy as its standby, with a replication slot of its name. */
export async function startStandby(
  name: string,
  primary: PostgresServer,
  config: ClusterConfig,
): Promise<PostgresServer> {
  const data = createFolder(name);
  const copy = ['-D', data, '-R', '-X', 'stream', '-c', 'fast', '-C', '-S', name, '--no-sync'];
  await run(config.programs('pg_basebackup'), [...copy, '-d', connectionTo(primary, name, config)], {
    folder: data,
  });
  const server = await instance(name, data, config);
  await server.start();
  return server;
}
