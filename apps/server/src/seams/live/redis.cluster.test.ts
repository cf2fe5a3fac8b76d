import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '../../../../../testbed/process.ts';
import { startRedis, startRedisCluster, startRedisSentinel } from '../../../../../testbed/redis.ts';
import type { RedisNode } from '../../../../../testbed/redis-node.ts';
import { createLog } from '../../telemetry/log.ts';
import { redisServer } from '../redis/connect.ts';
import { liveContract } from './contract.ts';
import type { Live } from './port.ts';
import { redisLive } from './redis.ts';

const log = createLog({ level: 'silent', format: 'json' });
/** On a busy machine an answer may be late; here that must not count as a loss. */
const PATIENT_MS = 20_000;

async function connect(url: string, deadlineMs?: number): Promise<Live> {
  const server = redisServer(url, log, deadlineMs);
  await server.ready(PATIENT_MS);
  return redisLive(server, log);
}

const SHAPES = {
  single: () => startRedis({ password: 'secret' }),
  sentinel: () => startRedisSentinel({ password: 'secret' }),
  cluster: () => startRedisCluster({ password: 'secret', replicas: 1 }),
};

for (const [shape, start] of Object.entries(SHAPES))
  describe(`on Redis, ${shape}`, () => {
    let redis: Awaited<ReturnType<typeof start>>;
    beforeAll(async () => {
      redis = await start();
    });
    afterAll(() => redis.stop());
    liveContract(`redis ${shape}`, () =>
      Promise.all([connect(redis.url, PATIENT_MS), connect(redis.url, PATIENT_MS)]),
    );
  });

/** Publishes until it is heard: hints may be lost while connections come back. */
async function heardAgain(from: Live, to: string[]): Promise<void> {
  to.length = 0;
  await until(
    'a hint',
    async () => {
      await from.publish('channel', 'again');
      return to.includes('again');
    },
    { withinMs: 60_000, everyMs: 100 },
  );
}

describe('a listener', () => {
  it('hears again after Redis was restarted, frozen, or began without it, and is told to look', async () => {
    await using redis = await startRedis({ password: 'secret' });
    const [one, other] = [await connect(redis.url), await connect(redis.url)];
    const heard: string[] = [];
    const missed = vi.fn<() => void>();
    await other.subscribe('channel', (message) => heard.push(message), missed);
    await heardAgain(one, heard);
    expect(missed).not.toHaveBeenCalled();

    await redis.kill();
    const own: string[] = [];
    await one.subscribe('channel', (message) => own.push(message));
    await one.publish('channel', 'at home');
    expect(own).toEqual(['at home']);
    await expect(one.ping()).rejects.toThrow();
    await redis.start();
    await heardAgain(one, heard);
    await heardAgain(other, own);
    expect(missed).toHaveBeenCalled();

    redis.freeze();
    await expect(one.ping()).rejects.toThrow();
    redis.unfreeze();
    await heardAgain(one, heard);
    await Promise.all([one.close(), other.close()]);
  });

  it('hears again when the connection that it listens on was cut alone', async () => {
    await using redis = await startRedis({ password: 'secret' });
    const [one, other] = [await connect(redis.url), await connect(redis.url)];
    const heard: string[] = [];
    const missed = vi.fn<() => void>();
    await other.subscribe('channel', (message) => heard.push(message), missed);
    await redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await vi.waitFor(() => expect(missed).toHaveBeenCalled(), { timeout: 15_000 });
    await heardAgain(one, heard);
    await Promise.all([one.close(), other.close()]);
  });

  it('uses one connection, however many channels there are', async () => {
    await using redis = await startRedis({ password: 'secret' });
    const live = await connect(redis.url, PATIENT_MS);
    for (let n = 0; n < 30; n += 1) await live.subscribe(`channel:${n}`, () => {});
    const list = String(await redis.command('CLIENT', 'LIST', 'TYPE', 'pubsub'));
    expect(list.trim().split('\n')).toHaveLength(1);
    expect(list).toContain(' sub=31 ');
    await live.close();
  });

  it('follows the master that Sentinels choose', async () => {
    await using redis = await startRedisSentinel({ password: 'secret' });
    const [one, other] = [await connect(redis.url), await connect(redis.url)];
    const heard: string[] = [];
    await other.subscribe('channel', (message) => heard.push(message));
    await (await redis.master()).kill();
    await heardAgain(one, heard);
    await Promise.all([one.close(), other.close()]);
  });

  it('outlives the node of a Cluster that it listens to', async () => {
    await using redis = await startRedisCluster({ password: 'secret', replicas: 1 });
    const [one, other] = [await connect(redis.url), await connect(redis.url)];
    const heard: string[] = [];
    await other.subscribe('channel', (message) => heard.push(message));
    await heardAgain(one, heard);
    const listeners = (node: RedisNode) => node.command('CLIENT', 'LIST', 'TYPE', 'pubsub');
    const lists = await Promise.all(redis.nodes.map(listeners));
    await redis.nodes[lists.findIndex((list) => String(list).includes(' sub='))]!.kill();
    await heardAgain(one, heard);
    await Promise.all([one.close(), other.close()]);
  });
});
