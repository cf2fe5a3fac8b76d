/** Every server that a cluster needs, started together, and the settings that lead to them. */
import { type PgBouncer, startPgBouncer } from './pgbouncer.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { type RabbitMq, startRabbitMq } from './rabbitmq.ts';
import { randomHex } from './random.ts';
import { type ClusterRedis, type SingleRedis, startRedis, startRedisCluster } from './redis.ts';
import { type S3Server, startS3 } from './rgw.ts';

export interface Servers extends AsyncDisposable {
  readonly postgres: Postgres;
  readonly bouncer: PgBouncer;
  readonly redis: SingleRedis | ClusterRedis;
  readonly s3: S3Server;
  readonly rabbit: RabbitMq;
  /** What an instance of a cluster on these servers is configured with. */
  readonly settings: Record<string, string>;
  stop(): Promise<void>;
}

export interface ServersOptions {
  redis?: 'single' | 'cluster';
  /** Commits wait for one replica: a promoted one then has all that was acknowledged. */
  synchronous?: boolean;
}

function redisUrl(redis: SingleRedis | ClusterRedis): string {
  if (!('nodes' in redis)) return redis.url;
  return `redis+cluster://${redis.nodes.map(({ host, port }) => `${host}:${port}`).join(',')}`;
}

function settingsOf(
  parts: Omit<Servers, 'settings' | 'stop' | keyof AsyncDisposable>,
): Record<string, string> {
  const { postgres, bouncer, redis, s3, rabbit } = parts;
  return {
    MOZARELA_MODE: 'cluster',
    MOZARELA_SECRET: randomHex().repeat(2),
    DATABASE_URL: bouncer.url(),
    DATABASE_DIRECT_URL: postgres.url(),
    DATABASE_REPLICA_URLS: postgres.replicas.map((replica) => replica.url()).join(' '),
    REDIS_URL: redisUrl(redis),
    AMQP_URL: rabbit.url,
    S3_ENDPOINT: s3.endpoint,
    S3_REGION: s3.region,
    S3_BUCKET: s3.bucket,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
}

/** Starts a primary with two replicas, PgBouncer, Redis, an S3 gateway and RabbitMQ. */
export async function startServers({ redis = 'single', synchronous }: ServersOptions = {}): Promise<Servers> {
  const started: AsyncDisposable[] = [];
  const keep = async <Part extends AsyncDisposable>(starting: Promise<Part>): Promise<Part> => {
    const part = await starting;
    started.push(part);
    return part;
  };
  const stop = async () => {
    for (const part of started.toReversed()) await part[Symbol.asyncDispose]();
  };
  try {
    const [postgres, redisServer, s3, rabbit] = await Promise.all([
      keep(startPostgres({ replicas: 2, synchronous })),
      keep<SingleRedis | ClusterRedis>(redis === 'single' ? startRedis() : startRedisCluster()),
      keep(startS3()),
      keep(startRabbitMq()),
    ]);
    const bouncer = await keep(startPgBouncer({ postgres, poolSize: 20 }));
    const parts = { postgres, bouncer, redis: redisServer, s3, rabbit };
    return { ...parts, settings: settingsOf(parts), stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
