/** An installation with a database, a bucket and names of its own on servers that a whole test run shares. */
import { Client } from 'pg';
import { type Installation, startInstallation } from './installation.ts';
import { until } from './process.ts';
import { randomHex } from './random.ts';
import { createBucket } from './rgw.ts';

export interface Isolated extends Installation {
  /** What its processes were started with. */
  readonly settings: Record<string, string>;
  /** Ends the processes and drops the database. */
  dispose(): Promise<void>;
}

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

const withPrefix = (url: string, prefix: string) => `${url}${url.includes('?') ? '&' : '?'}prefix=${prefix}`;

/**
 * Starts 3 API processes, 2 workers and nginx.
 * @param servers settings that lead to the shared servers
 * @param env settings of this installation
 * @param entry another entry than main.ts
 */
export async function startIsolated(
  servers: Record<string, string>,
  env: Record<string, string>,
  entry?: string,
): Promise<Isolated> {
  const name = `app_${randomHex()}`;
  const direct = servers.DATABASE_DIRECT_URL!;
  await admin(direct, `create database ${name}`);
  const S3_BUCKET = await createBucket({
    endpoint: servers.S3_ENDPOINT!,
    region: servers.S3_REGION!,
    accessKeyId: servers.S3_ACCESS_KEY_ID!,
    secretAccessKey: servers.S3_SECRET_ACCESS_KEY!,
  });
  const settings: Record<string, string> = {
    ...servers,
    S3_BUCKET,
    // Five processes that compile the knowledge base, in each of many tests that never ask it, are minutes.
    WARM_UP: 'false',
    ...forDatabase(servers, name),
    REDIS_URL: withPrefix(servers.REDIS_URL!, name),
    AMQP_URL: withPrefix(servers.AMQP_URL!, name),
    ...env,
  };
  // The server's own vacuum may be at work in it, and is nobody's to end: it is soon done.
  const drop = () =>
    until(`database ${name} to be dropped`, async () => {
      await admin(direct, `drop database if exists ${name} with (force)`);
      return true;
    });
  try {
    const installation = await startInstallation({ settings, entry });
    const dispose = async () => {
      await installation.stop();
      await drop();
    };
    return { ...installation, settings, dispose, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await drop();
    throw error;
  }
}
