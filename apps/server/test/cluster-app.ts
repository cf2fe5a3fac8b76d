/** The application as a cluster: API processes and workers behind nginx, on the servers that the test run started. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Installation, startInstallation } from '../../../testbed/installation.ts';
import { randomHex } from '../../../testbed/random.ts';

const ENTRY = 'apps/server/test/instance.ts';

export type ClusterApp = {
  readonly url: string;
  readonly instanceUrl: string;
  readonly dataDir: string;
  /** Every log line of every process so far, over restarts. */
  readonly logs: string[];
  /** What the tests' clock is ahead, in milliseconds. */
  setClock(ms: number): void;
  restart(): Promise<void>;
  close(): Promise<void>;
};

async function admin(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Every PostgreSQL URL of the settings, for another database. */
function forDatabase(settings: Record<string, string>, name: string): Record<string, string> {
  const names = ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URLS'];
  const replace = (urls: string) =>
    urls
      .split(' ')
      .map((url) => Object.assign(new URL(url), { pathname: `/${name}` }).href)
      .join(' ');
  return Object.fromEntries(names.map((key) => [key, replace(settings[key]!)]));
}

/** A name of its own in the shared Redis and RabbitMQ. */
const withPrefix = (url: string, prefix: string) => `${url}${url.includes('?') ? '&' : '?'}prefix=${prefix}`;

/**
 * @param servers settings that lead to the shared servers
 * @param env settings of this application
 */
export async function startClusterApp(
  servers: Record<string, string>,
  env: Record<string, string>,
): Promise<ClusterApp> {
  const name = `app_${randomHex()}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'mozarela-cluster-'));
  const clock = join(dataDir, 'clock');
  const setClock = (ms: number) => writeFileSync(clock, String(ms));
  setClock(0);
  await admin(servers.DATABASE_DIRECT_URL!, `create database ${name}`);
  const settings = {
    ...servers,
    ...forDatabase(servers, name),
    REDIS_URL: withPrefix(servers.REDIS_URL!, name),
    AMQP_URL: withPrefix(servers.AMQP_URL!, name),
    CLOCK_FILE: clock,
    // Nobody waits for a balancer's health check here.
    SHUTDOWN_GRACE_MS: '0',
    ...env,
  };
  const installation: Installation = await startInstallation({ settings, entry: ENTRY });
  const programs = [...installation.apis, ...installation.workers];
  return {
    url: installation.url,
    instanceUrl: installation.apis[0]!.url,
    dataDir,
    get logs() {
      return programs.flatMap(({ lines }) => lines);
    },
    setClock,
    async restart() {
      await Promise.all(programs.map((program) => program.stop()));
      await Promise.all(programs.map((program) => program.start()));
    },
    async close() {
      await installation.stop();
      await admin(servers.DATABASE_DIRECT_URL!, `drop database ${name} with (force)`);
      rmSync(dataDir, { recursive: true });
    },
  };
}
