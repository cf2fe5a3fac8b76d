import { Cluster, Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../../../testbed/process.ts';
import {
  type ClusterRedis,
  type SingleRedis,
  startRedis,
  startRedisCluster,
} from '../../../../../testbed/redis.ts';
import { newId } from '../../ids.ts';
import type { WriteMarks } from './marks.ts';
import { redisMarks } from './marks-redis.ts';

const KEEP_SECONDS = 1;
const [EARLY, LATE] = [`00000001${'0'.repeat(15)}9`, `00000001${'0'.repeat(15)}a`];

/** A Redis that has no marks is not trusted until they would have expired. */
async function trusted(marks: WriteMarks, scope: string): Promise<void> {
  expect(await marks.get(scope)).toBe('unknown');
  await until('the epoch to be old enough', async () => (await marks.get(scope)) !== 'unknown');
}

function marksContract(name: string, connect: () => Redis | Cluster): void {
  describe(`write marks: ${name}`, () => {
    let redis: Redis | Cluster;
    let marks: WriteMarks;
    beforeAll(() => {
      redis = connect();
      redis.on('error', () => {});
      marks = redisMarks(redis, `${newId()}:`, KEEP_SECONDS);
      return until('Redis to be ready', async () => redis.status === 'ready');
    });
    afterAll(async () => {
      await marks.close();
      redis.disconnect();
    });

    it('keep the latest position of a scope for a while', async () => {
      const scope = newId();
      await trusted(marks, scope);
      expect(await marks.get(scope)).toBeNull();
      await marks.set(scope, LATE);
      await marks.set(scope, EARLY);
      expect(await marks.get(scope)).toBe(LATE);
      await until('the mark to expire', async () => (await marks.get(scope)) === null);
    });

    it('know scopes in all parts of a Cluster', async () => {
      const scopes = Array.from({ length: 50 }, () => newId());
      for (const scope of scopes) await marks.set(scope, EARLY);
      const answers = await Promise.all(scopes.map((scope) => marks.get(scope)));
      // The test before made one group of keys old enough to be believed; the others are new.
      expect(answers.filter((answer) => answer !== 'unknown' && answer !== EARLY)).toEqual([]);
      expect(answers).toContain('unknown');
    });
  });
}

let single: SingleRedis;
let cluster: ClusterRedis;
beforeAll(async () => {
  single = await startRedis({ password: 'private' });
  cluster = await startRedisCluster();
});
afterAll(async () => {
  await single?.stop();
  await cluster?.stop();
});

const connectSingle = () => new Redis(single.url, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
marksContract('Redis', connectSingle);
marksContract('Redis Cluster', () => new Cluster(cluster.nodes.map(({ host, port }) => ({ host, port }))));

describe('write marks when Redis', () => {
  it('came back empty are unknown, also to those who come later', async () => {
    const [scope, prefix] = [newId(), `${newId()}:`];
    const before = connectSingle();
    before.on('error', () => {});
    const marks = redisMarks(before, prefix, KEEP_SECONDS);
    await until('Redis to be ready', async () => before.status === 'ready');
    await trusted(marks, scope);
    await marks.set(scope, EARLY);

    await single.restartEmpty();
    await until('the connection to return', async () => before.status === 'ready');
    expect(await marks.get(scope)).toBe('unknown');
    const after = connectSingle();
    await until('Redis to be ready', async () => after.status === 'ready');
    await trusted(redisMarks(after, prefix, KEEP_SECONDS), scope);
    before.disconnect();
    after.disconnect();
  });

  it('does not answer are unknown, and refused', async () => {
    const redis = connectSingle();
    redis.on('error', () => {});
    const marks = redisMarks(redis, `${newId()}:`, KEEP_SECONDS);
    await until('Redis to be ready', async () => redis.status === 'ready');
    await trusted(marks, 'clinic');
    single.freeze();
    try {
      expect(await marks.get('clinic')).toBe('unknown');
      await expect(marks.set('clinic', LATE)).rejects.toThrow();
    } finally {
      single.unfreeze();
    }
    await single.kill();
    expect(await marks.get('clinic')).toBe('unknown');
    await expect(marks.set('clinic', LATE)).rejects.toThrow();
    await single.start();
    redis.disconnect();
  });
});
