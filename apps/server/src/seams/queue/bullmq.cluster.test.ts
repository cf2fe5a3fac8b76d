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
import { bullmqCarrier } from './bullmq.ts';
import { carrierContract } from './contract.ts';
import type { Carrier } from './port.ts';

const log = createLog({ level: 'silent', format: 'json' });

const LEASE_MS = 30_000;

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

    carrierContract(`bullmq ${shape}`, async () => bullmqCarrier(ownPart(redis.url), log, LEASE_MS));
  });

/** An installation of its own on the same server. */
const ownPart = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}prefix=${newId()}`;

describe('a carrier that loses Redis', () => {
  let redis: SingleRedis;
  let carrier: Carrier;
  const job = () => ({ jobId: newId(), turn: 0, priority: 5, delayMs: 0 });
  beforeAll(async () => {
    redis = await startRedis({ password: 'secret' });
    carrier = bullmqCarrier(redis.url, log, LEASE_MS);
  });
  afterAll(async () => {
    await carrier.close();
    await redis.stop();
  });

  it('says so within seconds, and goes on when it is back, empty as it may be', async () => {
    const seen: string[] = [];
    const consumer = await carrier.consume(async (id) => void seen.push(id), { concurrency: 1 });
    const [before, during, after] = [job(), job(), job()];
    await carrier.send([before]);
    await until('the first job', () => seen.includes(before.jobId));
    await redis.kill();
    await expect(carrier.send([during])).rejects.toThrow();
    await expect(carrier.ping()).rejects.toThrow();
    await redis.start();
    await until('a way to send', () => carrier.send([after]).then(() => true));
    await until('the job sent afterwards', () => seen.includes(after.jobId), { withinMs: 30_000 });
    await consumer.stop();
  });

  it('that never was there, as soon as it is', async () => {
    await redis.kill();
    const late = bullmqCarrier(redis.url, log, LEASE_MS);
    const seen: string[] = [];
    const consumer = await late.consume(async (id) => void seen.push(id), { concurrency: 1 });
    await expect(late.send([job()])).rejects.toThrow();
    await redis.start();
    const one = job();
    await until('a way to send', () => late.send([one]).then(() => true));
    await until('the job', () => seen.includes(one.jobId), { withinMs: 30_000 });
    await consumer.stop();
    await late.close();
  });

  it('stops without it', async () => {
    const consumer = await carrier.consume(async () => {}, { concurrency: 1 });
    await redis.kill();
    await consumer.stop();
    await redis.start();
  });
});
