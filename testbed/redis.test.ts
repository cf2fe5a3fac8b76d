import { Cluster, Redis } from 'ioredis';
import { afterEach, expect, test, vi } from 'vitest';
import { until } from './process.ts';
import { startRedis, startRedisCluster, startRedisSentinel } from './redis.ts';
import { createAuthority } from './tls.ts';

const clients: (Redis | Cluster)[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
  vi.unstubAllEnvs();
});

function watched<Client extends Redis | Cluster>(client: Client): Client {
  client.on('error', () => {});
  clients.push(client);
  return client;
}

test('a single Redis dies with kill -9, comes back empty, and the client by itself', async () => {
  await using redis = await startRedis();
  const client = watched(new Redis(redis.url, { retryStrategy: () => 50 }));
  await client.set('a', '1');
  await redis.kill();
  await redis.start();
  expect(await client.get('a')).toBeNull();
  await client.set('b', '2');
  expect(await client.get('b')).toBe('2');
});

test('a persistent one keeps its data over kill -9, unless restarted empty', async () => {
  await using redis = await startRedis({ persistent: true, password: 'secret' });
  const client = watched(new Redis(redis.url, { retryStrategy: () => 50 }));
  await client.set('a', '1');
  await redis.kill();
  await redis.start();
  expect(await client.get('a')).toBe('1');
  await redis.restartEmpty();
  expect(await client.get('a')).toBeNull();
  const url = new URL(redis.url);
  url.password = '';
  const stranger = watched(new Redis(url.href));
  await expect(stranger.get('a')).rejects.toThrow('NOAUTH');
});

test('a frozen one answers nobody, and goes on afterwards', async () => {
  await using redis = await startRedis();
  const client = watched(new Redis(redis.url, { commandTimeout: 300 }));
  await client.set('a', '1');
  redis.freeze();
  await expect(client.get('a')).rejects.toThrow('timed out');
  redis.unfreeze();
  expect(await client.get('a')).toBe('1');
});

test('TLS: verify-full succeeds with the authority and fails without, or in plain text', async () => {
  await using redis = await startRedis({ tls: true, password: 'secret' });
  expect(redis.url).toMatch(/^rediss:/);
  const good = watched(new Redis(redis.url, { tls: { ca: redis.ca! } }));
  expect(await good.ping()).toBe('PONG');
  const once = { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 };
  const failure = async (client: Redis) => {
    const errors: Error[] = [];
    watched(client).on('error', (error: Error) => errors.push(error));
    await expect(client.connect()).rejects.toThrow();
    return errors.map(String).join();
  };
  expect(await failure(new Redis(redis.url, once))).toMatch(/self.signed|first certificate/);
  const other = await createAuthority();
  expect(await failure(new Redis(redis.url, { ...once, tls: { ca: other.ca } }))).toMatch(
    /self.signed|signature|issuer|first certificate/,
  );
  await failure(new Redis(redis.url.replace('rediss:', 'redis:'), once));
});

test('Sentinel replaces a dead master, and its clients follow', async () => {
  await using redis = await startRedisSentinel({ password: 'secret' });
  const client = watched(
    new Redis({
      sentinels: redis.sentinels.map(({ host, port }) => ({ host, port })),
      name: redis.masterName,
      password: 'secret',
      sentinelPassword: 'secret',
      sentinelRetryStrategy: () => 50,
      retryStrategy: () => 50,
      maxRetriesPerRequest: null,
    }),
  );
  await client.set('a', '1');
  // Replication is asynchronous: what is not yet copied dies with the master.
  expect(await client.wait(2, 2_000)).toBe(2);
  const old = await redis.master();
  await old.kill();
  await until('a new master', async () => (await redis.master()) !== old, { withinMs: 20_000 });
  expect(await client.get('a')).toBe('1');
  await client.set('b', '2');
  await old.start();
  await until('the old master to follow', async () => String(await old.command('ROLE')).startsWith('slave'));
});

test('a Cluster of three spreads keys; several keys in one command need a hash tag', async () => {
  await using redis = await startRedisCluster({ password: 'secret' });
  const nodes = redis.nodes.map(({ host, port }) => ({ host, port }));
  const client = watched(new Cluster(nodes, { redisOptions: redis.clientOptions }));
  for (let i = 0; i < 30; i += 1) await client.set(`key${i}`, i);
  const sizes = await Promise.all(redis.nodes.map((node) => node.command('DBSIZE')));
  expect(sizes.every((size) => Number(size) > 0)).toBe(true);
  expect(sizes.reduce<number>((sum, size) => sum + Number(size), 0)).toBe(30);
  await expect(client.mget('key1', 'key2')).rejects.toThrow('CROSSSLOT');
  await client.mset({ '{clinic1}a': 1, '{clinic1}b': 2 });
  expect(await client.mget('{clinic1}a', '{clinic1}b')).toEqual(['1', '2']);
});

test('a Cluster with replicas and TLS outlives a dead master', async () => {
  await using redis = await startRedisCluster({ replicas: 1, tls: true });
  const nodes = redis.nodes.map(({ host, port }) => ({ host, port }));
  const client = watched(
    new Cluster(nodes, { redisOptions: redis.clientOptions, clusterRetryStrategy: () => 100 }),
  );
  const keys = Array.from({ length: 12 }, (_, i) => `key${i}`);
  for (const key of keys) await client.set(key, 'kept');
  await redis.nodes[0]!.kill();
  for (const key of keys) {
    await until(`${key} to be served again`, async () => (await client.get(key)) === 'kept', {
      withinMs: 20_000,
    });
  }
});

test('a server given by the environment is used and never controlled', async () => {
  await using real = await startRedis({ password: 'secret' });
  vi.stubEnv('TESTBED_REDIS_URL', real.url);
  await using given = await startRedis();
  expect(given.port).toBe(real.port);
  expect(await watched(new Redis(given.url)).ping()).toBe('PONG');
  await expect(given.kill()).rejects.toThrow('not the test bed');
  await given.stop();
  expect(real.pid).toBeDefined();
});
