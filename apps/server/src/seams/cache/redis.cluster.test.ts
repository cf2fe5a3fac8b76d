import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../../../testbed/process.ts';
import { startRedis, startRedisCluster, startRedisSentinel } from '../../../../../testbed/redis.ts';
import { createLog } from '../../telemetry/log.ts';
import { redisServer } from '../redis/connect.ts';
import { cacheContract } from './contract.ts';
import type { Cache } from './port.ts';
import { redisCache } from './redis.ts';

const log = createLog({ level: 'silent', format: 'json' });
/** On a busy machine an answer may be late; here that must not count as a loss. */
const PATIENT_MS = 20_000;

async function connect(url: string, deadlineMs?: number): Promise<Cache> {
  const server = redisServer(url, log, deadlineMs);
  await server.ready(PATIENT_MS);
  return redisCache(server);
}

const SHAPES = {
  single: () => startRedis(),
  sentinel: () => startRedisSentinel({ password: 'secret' }),
  cluster: () => startRedisCluster({ password: 'secret' }),
};

for (const [shape, start] of Object.entries(SHAPES))
  describe(`on Redis, ${shape}`, () => {
    let redis: Awaited<ReturnType<typeof start>>;
    beforeAll(async () => {
      redis = await start();
    });
    afterAll(() => redis.stop());
    cacheContract(`redis ${shape}`, () => connect(redis.url, PATIENT_MS), wait);

    it('two instances see the same', async () => {
      const [one, other] = await Promise.all([
        connect(redis.url, PATIENT_MS),
        connect(redis.url, PATIENT_MS),
      ]);
      await one.set('shared', 'value', 60_000);
      expect(await other.get('shared')).toBe('value');
      await other.delete('shared');
      expect(await one.get('shared')).toBeNull();
      await Promise.all([one.close(), other.close()]);
    });
  });

describe('a cache that is lost', () => {
  it('throws at once, comes back by itself, and says since when its contents may be wrong', async () => {
    await using redis = await startRedis({ password: 'secret' });
    const cache = await connect(redis.url);
    await cache.set('a', '1', 60_000);
    const before = Date.now();
    redis.freeze();
    await expect(cache.get('a')).rejects.toThrow();
    await expect(cache.get('a')).rejects.toThrow('Redis is lost');
    await expect(cache.ping()).rejects.toThrow();
    expect(cache.brokenAt).toBeGreaterThanOrEqual(before);
    redis.unfreeze();
    await until('the cache', () =>
      cache.ping().then(
        () => true,
        () => false,
      ),
    );
    expect(await cache.get('a')).toBe('1');
    const back = cache.brokenAt;
    await redis.restartEmpty();
    await until('the cache to come back', () => cache.get('a').then((value) => value === null));
    expect(cache.brokenAt).toBeGreaterThan(back);
    await cache.close();
  });
});
