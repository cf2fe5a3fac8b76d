import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../../../testbed/process.ts';
import {
  type SingleRedis,
  startRedis,
  startRedisCluster,
  startRedisSentinel,
} from '../../../../../testbed/redis.ts';
import { newId } from '../../ids.ts';
import { createLog } from '../../telemetry/log.ts';
import { redisServer } from '../redis/connect.ts';
import { limitsContract } from './contract.ts';
import type { Limits } from './port.ts';
import { redisLimits } from './redis.ts';

const log = createLog({ level: 'silent', format: 'json' });
/** On a busy machine an answer may be late; here that must not count as a loss. */
const PATIENT_MS = 20_000;

/** An instance of its own: a connection and a limiter. */
async function instance(url: string, deadlineMs?: number): Promise<Limits> {
  const server = redisServer(url, log, deadlineMs);
  await server.ready(PATIENT_MS);
  return redisLimits(server, Date.now);
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

    limitsContract(`redis ${shape}`, () => instance(redis.url, PATIENT_MS), wait);

    it('is exact for instances that count at once', async () => {
      const both = await Promise.all([instance(redis.url, PATIENT_MS), instance(redis.url, PATIENT_MS)]);
      const who = `{${newId()}}`;
      const buckets = [
        { key: `narrow:${who}`, max: 7, windowMs: 60_000 },
        { key: `wide:${who}`, max: 50, windowMs: 60_000 },
      ];
      const hits = Array.from({ length: 40 }, (_, n) => both[n % 2]!.hit(buckets));
      const allowed = (await Promise.all(hits)).filter((states) => states.every((state) => state.allowed));
      expect(allowed).toHaveLength(7);
      expect((await both[0]!.look(buckets))[1]).toMatchObject({ limit: 50, remaining: 43 });
      expect(both.map(({ fallbacks }) => fallbacks)).toEqual([0, 0]);
      for (const limits of both) await limits.close();
    });
  });

describe('limits that lost Redis', () => {
  let redis: SingleRedis;
  let limits: Limits;
  beforeAll(async () => {
    // Without a password the test bed may be told to use a server that it must not freeze.
    redis = await startRedis({ password: 'secret' });
    limits = await instance(redis.url);
  });
  afterAll(async () => {
    await limits.close();
    await redis.stop();
  });

  const back = () =>
    until('the shared counter', async () => {
      await limits.ping().catch(() => {});
      return !limits.degraded;
    });

  it.each([
    ['frozen', () => redis.freeze(), () => redis.unfreeze()],
    ['dead', () => redis.kill(), () => redis.start()],
  ])(
    'because it is %s go on, stricter, without waiting each time, and come back',
    async (_how, lose, restore) => {
      await back();
      const bucket = { key: `api:{${newId()}}`, max: 10, windowMs: 60_000 };
      expect((await limits.hit([bucket]))[0]).toMatchObject({ limit: 10, remaining: 9 });
      const before = limits.fallbacks;
      await lose();
      const states = [];
      for (let n = 0; n < 20; n += 1) states.push(...(await limits.hit([bucket])));
      expect(states.filter(({ allowed }) => allowed)).toHaveLength(5);
      expect(states[0]).toMatchObject({ limit: 5, remaining: 4 });
      expect(limits.degraded).toBe(true);
      expect(limits.fallbacks - before).toBe(20);
      await expect(limits.ping()).rejects.toThrow();
      const single = { key: `login:{${newId()}}`, max: 1, windowMs: 60_000 };
      expect((await limits.hit([single]))[0]).toMatchObject({ allowed: true, limit: 1 });
      await restore();
      await back();
      expect((await limits.look([bucket]))[0]).toMatchObject({ limit: 10, allowed: true });
    },
  );

  it('ask at most once a second meanwhile', async () => {
    await back();
    redis.freeze();
    const started = performance.now();
    const bucket = { key: `api:{${newId()}}`, max: 10, windowMs: 60_000 };
    const before = limits.fallbacks;
    for (let n = 0; n < 200; n += 1) await limits.hit([bucket]);
    const seconds = (performance.now() - started) / 1000;
    expect(limits.fallbacks - before).toBe(200);
    // Each call that waits for the deadline takes 0.3 s, and then none does for a second.
    expect(seconds).toBeLessThan(200 * 0.3);
    redis.unfreeze();
    await back();
  });

  it('know the script again after Redis came back empty', async () => {
    await redis.restartEmpty();
    await back();
    const bucket = { key: `api:{${newId()}}`, max: 2, windowMs: 60_000 };
    const before = limits.fallbacks;
    expect((await limits.hit([bucket]))[0]).toMatchObject({ limit: 2, remaining: 1 });
    expect(limits.fallbacks).toBe(before);
  });
});
