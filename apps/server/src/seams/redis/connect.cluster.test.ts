import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../../../../../testbed/process.ts';
import { startRedis, startRedisCluster, startRedisSentinel } from '../../../../../testbed/redis.ts';
import { createLog } from '../../telemetry/log.ts';
import { queueClient, subscriberClient } from './clients.ts';
import { RedisLost, type RedisServer, redisServer } from './connect.ts';

const log = createLog({ level: 'silent', format: 'json' });
const servers: RedisServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function connect(url: string, deadlineMs?: number): RedisServer {
  const server = redisServer(url, log, deadlineMs);
  servers.push(server);
  return server;
}

const LONG_MS = 10_000;

async function roundTrip(server: RedisServer): Promise<string | null> {
  expect(await server.ready(LONG_MS)).toBe(true);
  await server.ask((client) => client.set(server.key('a'), 'ä'));
  return server.ask((client) => client.get(server.key('a')));
}

const comesBack = (server: RedisServer) =>
  until('Redis to answer again', () =>
    server
      .ask((client) => client.ping())
      .then(
        () => true,
        () => false,
      ),
  );

describe('a connection to Redis', () => {
  it('with TLS and a password takes the right authority only, and two prefixes do not meet', async () => {
    await using redis = await startRedis({ tls: true, password: 'p@ss/word' });
    const url = `rediss://:p%40ss%2Fword@${redis.host}:${redis.port}`;
    expect(await roundTrip(connect(`${url}?ca=${redis.caFile}`, LONG_MS))).toBe('ä');
    const north = connect(`${url}?ca=${redis.caFile}&prefix=north`, LONG_MS);
    expect(await north.ready(LONG_MS)).toBe(true);
    expect(await north.ask((client) => client.get(north.key('a')))).toBeNull();
    const untrusting = connect(url);
    expect(await untrusting.ready(500)).toBe(false);
    await expect(untrusting.ask((client) => client.ping())).rejects.toThrow('not connected');
  });

  it('through Sentinels with TLS follows the master', async () => {
    await using redis = await startRedisSentinel({ tls: true, password: 'secret' });
    const server = connect(redis.url, LONG_MS);
    expect(await roundTrip(server)).toBe('ä');
    const old = await redis.master();
    await old.kill();
    await until('a new master', async () => (await redis.master()) !== old, { withinMs: 30_000 });
    await comesBack(server);
    expect(await roundTrip(server)).toBe('ä');
  });

  it('to a Cluster with TLS', async () => {
    await using redis = await startRedisCluster({ tls: true, password: 'secret' });
    expect(await roundTrip(connect(redis.url, LONG_MS))).toBe('ä');
  });

  it('that is lost fails at once, frozen or dead, and comes back by itself', async () => {
    await using redis = await startRedis();
    const server = connect(redis.url);
    expect(await roundTrip(server)).toBe('ä');
    redis.freeze();
    await expect(server.ask((client) => client.ping())).rejects.toThrow('no answer within 300 ms');
    expect(server.lost).toBe(true);
    await expect(server.ask((client) => client.ping())).rejects.toThrow('Redis is lost');
    redis.unfreeze();
    await comesBack(server);
    expect(server.lost).toBe(false);
    await redis.restartEmpty();
    await comesBack(server);
    expect(await server.ask((client) => client.get(server.key('a')))).toBeNull();
  });

  it('that stays silent is given up, and made again when there is somebody', async () => {
    await using redis = await startRedis({ password: 'secret' });
    const server = connect(redis.url);
    expect(await roundTrip(server)).toBe('ä');
    redis.freeze();
    await expect(server.ask((client) => client.ping())).rejects.toThrow();
    await until('the connection to be given up', () => server.client.status !== 'ready');
    await expect(server.ask((client) => client.ping())).rejects.toThrow(RedisLost);
    redis.unfreeze();
    await comesBack(server);
    expect(await roundTrip(server)).toBe('ä');
  });

  it('for queues and for subscriptions waits instead of failing', async () => {
    await using redis = await startRedis();
    const { target } = connect(redis.url);
    await redis.stop();
    const clients = [queueClient(target, () => {}), subscriberClient(target, () => {})];
    const answers = Promise.all(clients.map((client) => client.ping()));
    await redis.start();
    expect(await answers).toEqual(['PONG', 'PONG']);
    for (const client of clients) client.disconnect();
  });
});
