/** Redis in its three shapes: single, watched by Sentinels, Cluster. */
import type { RedisOptions } from 'ioredis';
import { givenService } from './given.ts';
import { reservePort } from './ports.ts';
import { run, type Service, until } from './process.ts';
import { provide } from './provision.ts';
import { clientOptions, createRedisNode, type RedisNode, type RedisSecurity } from './redis-node.ts';
import { createFolder } from './run-folder.ts';
import { createAuthority } from './tls.ts';

export interface RedisOptionsOfTestbed {
  password?: string;
  /** TLS only, with a private authority. */
  tls?: boolean;
  /** Keeps data over a restart (append-only file); without it a restart comes back empty. */
  persistent?: boolean;
}

/** What a client must know besides addresses. */
interface Access {
  readonly password: string | undefined;
  /** The authority's certificate as a file and as text, with `tls`. */
  readonly caFile: string | undefined;
  readonly ca: string | undefined;
  /** Password and TLS in ioredis' words. */
  readonly clientOptions: RedisOptions;
}

export interface SingleRedis extends RedisNode, Access {}

export interface Address {
  host: string;
  port: number;
}

export interface SentinelRedis extends Access, AsyncDisposable {
  /** `redis+sentinel://` or `rediss+sentinel://`, as REDIS_URL takes it. */
  readonly url: string;
  readonly masterName: string;
  readonly sentinels: readonly RedisNode[];
  /** The data servers; the first began as master. */
  readonly nodes: readonly RedisNode[];
  /** The data server that the Sentinels call master now. */
  master(): Promise<RedisNode>;
  stop(): Promise<void>;
}

export interface ClusterRedis extends Access, AsyncDisposable {
  /** `redis+cluster://` or `rediss+cluster://`, as REDIS_URL takes it. */
  readonly url: string;
  readonly nodes: readonly RedisNode[];
  stop(): Promise<void>;
}

async function security(options: RedisOptionsOfTestbed): Promise<RedisSecurity & Access> {
  const authority = options.tls ? await createAuthority() : undefined;
  const hosts = ['DNS:localhost', 'IP:127.0.0.1'];
  const tls = authority && { authority, certificate: await authority.issue('redis', hosts) };
  const { password } = options;
  const access = { password, caFile: authority?.caFile, ca: authority?.ca };
  return { ...access, tls, clientOptions: clientOptions({ password, tls }) };
}

function accessOf({ password, caFile, ca, clientOptions }: Access): Access {
  return { password, caFile, ca, clientOptions };
}

function urlOf(shape: string, nodes: readonly RedisNode[], access: Access, rest = ''): string {
  const { password, caFile } = access;
  const hosts = nodes.map(({ host, port }) => `${host}:${port}`).join();
  const user = password ? `:${encodeURIComponent(password)}@` : '';
  const query = new URLSearchParams({
    ...(caFile && { ca: caFile }),
    // The test bed gives Sentinels the password of the servers.
    ...(password && shape === 'sentinel' && { sentinelPassword: password }),
  });
  return `redis${caFile ? 's' : ''}+${shape}://${user}${hosts}${rest}?${query}`;
}

const persistence = (options: RedisOptionsOfTestbed) =>
  options.persistent ? ['appendonly yes', 'appendfsync everysec'] : [];

/** Starts them all, or stops those that did start. */
async function startAll(nodes: Service[]): Promise<void> {
  try {
    await Promise.all(nodes.map((node) => node.start()));
  } catch (error) {
    await stopAll(nodes);
    throw error;
  }
}

async function stopAll(nodes: readonly Service[]): Promise<void> {
  await Promise.all(nodes.map((node) => node.stop()));
}

/**
 * Starts a private Redis. Without options, a server that TESTBED_REDIS_URL names takes its place; it is used
 * as it is, so tests must not count on an empty one.
 */
export async function startRedis(options: RedisOptionsOfTestbed = {}): Promise<SingleRedis> {
  const given = process.env.TESTBED_REDIS_URL;
  if (given && Object.keys(options).length === 0) return useGivenRedis(given);
  const access = await security(options);
  const programs = await provide('redis');
  const config = persistence(options);
  const node = await createRedisNode({ name: 'redis', programs, security: access, config });
  await node.start();
  return Object.assign(node, accessOf(access));
}

function useGivenRedis(url: string): SingleRedis {
  const { protocol, hostname, port, password } = new URL(url);
  const service = givenService('redis');
  return {
    ...service,
    host: hostname,
    port: Number(port || 6379),
    url,
    restartEmpty: service.restart,
    command: () => service.restart(),
    password: password || undefined,
    caFile: undefined,
    ca: undefined,
    clientOptions: { ...(password && { password }), ...(protocol === 'rediss:' && { tls: {} }) },
  };
}

const MASTER = 'mozarela';

/**
 * Starts a master, two replicas and three Sentinels that agree on them. A dead master is noticed after a
 * second and replaced within three.
 */
export async function startRedisSentinel(options: RedisOptionsOfTestbed = {}): Promise<SentinelRedis> {
  const access = await security(options);
  const programs = await provide('redis');
  const base = { programs, security: access };
  const master = await createRedisNode({ ...base, name: 'redis0', config: persistence(options) });
  const replicaOf = [`replicaof ${master.host} ${master.port}`, ...persistence(options)];
  const nodes = [
    master,
    await createRedisNode({ ...base, name: 'redis1', config: replicaOf }),
    await createRedisNode({ ...base, name: 'redis2', config: replicaOf }),
  ];
  await startAll(nodes);
  // A Sentinel asks the master for its replicas at once, and then only every ten seconds.
  await until('the replicas to be in step', async () =>
    /state=online.*state=online/s.test(String(await master.command('INFO', 'replication'))),
  );
  const watch = [
    `sentinel monitor ${MASTER} ${master.host} ${master.port} 2`,
    `sentinel down-after-milliseconds ${MASTER} 1000`,
    `sentinel failover-timeout ${MASTER} 5000`,
    ...(options.password ? [`sentinel auth-pass ${MASTER} ${options.password}`] : []),
  ];
  const sentinels: RedisNode[] = [];
  for (const name of ['sentinel0', 'sentinel1', 'sentinel2']) {
    sentinels.push(await createRedisNode({ ...base, name, config: watch, sentinel: true }));
  }
  const stop = () => stopAll([...sentinels, ...nodes]);
  try {
    await startAll(sentinels);
    await Promise.all(sentinels.map(knowsTheOthers));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...accessOf(access),
    url: urlOf('sentinel', sentinels, access, `/${MASTER}`),
    masterName: MASTER,
    sentinels,
    nodes,
    master: () => currentMaster(sentinels, nodes),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function knowsTheOthers(sentinel: RedisNode): Promise<void> {
  await until(`${sentinel.name} to see two replicas and two other Sentinels`, async () => {
    const state = flatPairs(await sentinel.command('SENTINEL', 'MASTER', MASTER));
    return state.get('num-slaves') === '2' && state.get('num-other-sentinels') === '2';
  });
}

function flatPairs(reply: unknown): Map<string, string> {
  const list = (reply ?? []) as string[];
  return new Map(list.flatMap((key, i) => (i % 2 === 0 ? [[key, list[i + 1] ?? ''] as const] : [])));
}

async function currentMaster(sentinels: RedisNode[], nodes: RedisNode[]): Promise<RedisNode> {
  const answers = await Promise.allSettled(
    sentinels.map((sentinel) => sentinel.command('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', MASTER)),
  );
  const ports = answers.flatMap((answer) =>
    answer.status === 'fulfilled' ? Number((answer.value as string[])[1]) : [],
  );
  const agreed = nodes.find((node) => ports.filter((port) => port === node.port).length >= 2);
  if (!agreed) throw new Error(`the Sentinels do not agree on a master: ports ${ports.join(', ')}`);
  return agreed;
}

/**
 * Starts a Cluster of three masters.
 * @param options.replicas for each master; a dead master's slots have no owner without them
 */
export async function startRedisCluster(
  options: RedisOptionsOfTestbed & { replicas?: number } = {},
): Promise<ClusterRedis> {
  const access = await security(options);
  const programs = await provide('redis');
  const replicas = options.replicas ?? 0;
  const nodes: RedisNode[] = [];
  for (let i = 0; i < 3 * (1 + replicas); i += 1) {
    const config = [
      'cluster-enabled yes',
      'cluster-config-file nodes.conf',
      'cluster-node-timeout 1500',
      // Without this line Redis takes port + 10000, which may be somebody's.
      `cluster-port ${await reservePort()}`,
      ...(options.tls ? ['tls-cluster yes'] : []),
      ...persistence(options),
    ];
    nodes.push(await createRedisNode({ name: `redis${i}`, programs, security: access, config }));
  }
  const stop = () => stopAll(nodes);
  await startAll(nodes);
  try {
    const addresses = nodes.map((node) => `${node.host}:${node.port}`);
    const flags = ['--cluster-replicas', String(replicas), '--cluster-yes'];
    if (access.caFile) flags.push('--tls', '--cacert', access.caFile);
    await run(programs('redis-cli'), ['--cluster', 'create', ...addresses, ...flags], {
      folder: createFolder('redis-cli'),
      env: options.password ? { REDISCLI_AUTH: options.password } : {},
    });
    await Promise.all(nodes.map((node) => coversAllSlots(node, nodes.length)));
  } catch (error) {
    await stop();
    throw error;
  }
  const url = urlOf('cluster', nodes, access);
  return { ...accessOf(access), url, nodes, stop, [Symbol.asyncDispose]: stop };
}

async function coversAllSlots(node: RedisNode, size: number): Promise<void> {
  await until(`${node.name} to see the whole Cluster`, async () => {
    const info = String(await node.command('CLUSTER', 'INFO'));
    return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${size}`);
  });
}
