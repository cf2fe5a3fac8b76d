/** The parts that servers provide, each made only when its setting is there; loaded only then. */
import type { Config } from '../config.ts';
import { redisCache } from '../seams/cache/redis.ts';
import { redisLimits } from '../seams/limits/redis.ts';
import { redisLive } from '../seams/live/redis.ts';
import { redisServer } from '../seams/redis/connect.ts';
import type { Log } from '../telemetry/log.ts';
import type { Parts } from './parts.ts';

/** A Redis that is away at the start is no reason not to start: its parts say that they are degraded. */
const REDIS_WAIT_MS = 2_000;

/** @returns the parts whose settings are there; the others stay embedded */
export async function scaledParts(config: Config, log: Log): Promise<Partial<Parts>> {
  const { redisUrl } = config.parts;
  return { ...(redisUrl && (await redisParts(redisUrl, log))) };
}

async function redisParts(url: string, log: Log): Promise<Partial<Parts>> {
  const server = redisServer(url, log);
  const parts = {
    limits: redisLimits(server, Date.now),
    cache: redisCache(server),
    live: redisLive(server, log),
  };
  if (!(await server.ready(REDIS_WAIT_MS))) log.warn('Redis cannot be reached yet');
  return parts;
}
