/** The parts that servers provide, each made only when its setting is there; loaded only then. */
import type { DatabaseParts } from '../config/parts.ts';
import type { Config } from '../config.ts';
import { redisCache } from '../seams/cache/redis.ts';
import { memoryMarks } from '../seams/database/marks.ts';
import { redisMarks } from '../seams/database/marks-redis.ts';
import { postgresDatabase } from '../seams/database/postgres.ts';
import { redisLimits } from '../seams/limits/redis.ts';
import { redisLive } from '../seams/live/redis.ts';
import { bullmqCarrier } from '../seams/queue/bullmq.ts';
import { commandClient } from '../seams/redis/clients.ts';
import { redisServer } from '../seams/redis/connect.ts';
import { parseRedisUrl } from '../seams/redis/url.ts';
import type { Log } from '../telemetry/log.ts';
import type { Parts } from './parts.ts';

/** A Redis that is away at the start is no reason not to start: its parts say that they are degraded. */
const REDIS_WAIT_MS = 2_000;

/** @returns the parts whose settings are there; the others stay embedded */
export async function scaledParts(config: Config, log: Log): Promise<Partial<Parts>> {
  const { database, redisUrl, s3, amqpUrl } = config.parts;
  return {
    ...(database && { database: databasePart(database, redisUrl, log) }),
    ...(redisUrl && (await redisParts(redisUrl, config, log))),
    // The client of S3 is large: it is loaded only for who uses it.
    ...(s3 && { blobs: (await import('../seams/blobs/s3.ts')).s3Blobs(s3) }),
    ...(amqpUrl && { events: await eventBus(amqpUrl, log) }),
  };
}

/** Without Redis there is one instance, and it knows its own writes. */
function databasePart(parts: DatabaseParts, redisUrl: string | null, log: Log): Parts['database'] {
  const target = redisUrl ? parseRedisUrl(redisUrl) : null;
  // A lost connection is answered by reading from the primary, and told by the parts that count it as degraded.
  const client = parts.replicaUrls.length > 0 && target ? commandClient(target, () => {}) : null;
  const marks = client && target ? redisMarks(client, `${target.prefix}:`) : memoryMarks();
  const database = postgresDatabase({ ...parts, marks, log });
  return {
    ...database,
    async close() {
      await database.close();
      client?.disconnect();
    },
  };
}

async function redisParts(url: string, config: Config, log: Log): Promise<Partial<Parts>> {
  const server = redisServer(url, log);
  const parts = {
    limits: redisLimits(server, Date.now),
    cache: redisCache(server),
    live: redisLive(server, log),
    queue: bullmqCarrier(url, log, config.work.leaseMs),
  };
  if (!(await server.ready(REDIS_WAIT_MS))) log.warn('Redis cannot be reached yet');
  return parts;
}

async function eventBus(url: string, log: Log): Promise<Parts['events']> {
  const { rabbitEvents } = await import('../seams/events/rabbitmq.ts');
  return rabbitEvents(url, { log });
}
