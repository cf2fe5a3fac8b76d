/** One Redis process: data server, cluster node or Sentinel. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Redis, type RedisOptions } from 'ioredis';
import { reservePort } from './ports.ts';
import { createService, type Service } from './process.ts';
import { createFolder, writeServerFile } from './run-folder.ts';
import type { Authority, Certificate } from './tls.ts';

export interface RedisSecurity {
  /** Asked of every client. */
  password?: string | undefined;
  /** TLS only, with a private authority. */
  tls?: { authority: Authority; certificate: Certificate } | undefined;
}

export interface RedisNode extends Service {
  readonly host: string;
  readonly port: number;
  /** `redis://` or `rediss://`, with the password. */
  readonly url: string;
  /** Comes back with nothing in it, as after the loss of its disk. */
  restartEmpty(): Promise<void>;
  /** Runs one command on a connection of its own. */
  command(name: string, ...args: (string | number)[]): Promise<unknown>;
}

export interface RedisNodeSpec {
  name: string;
  programs: (program: string) => string;
  security: RedisSecurity;
  /** Lines of redis.conf or sentinel.conf. */
  config?: string[];
  sentinel?: boolean;
}

/** What ioredis needs besides host and port. */
export function clientOptions(security: RedisSecurity): RedisOptions {
  return {
    ...(security.password && { password: security.password }),
    ...(security.tls && { tls: { ca: security.tls.authority.ca } }),
  };
}

function securityConfig(port: number, { password, tls }: RedisSecurity): string[] {
  const lines = password ? [`requirepass ${password}`, `masterauth ${password}`] : [];
  if (!tls) return [...lines, `port ${port}`];
  return [
    ...lines,
    'port 0',
    `tls-port ${port}`,
    `tls-cert-file ${tls.certificate.certFile}`,
    `tls-key-file ${tls.certificate.keyFile}`,
    `tls-ca-cert-file ${tls.authority.caFile}`,
    'tls-auth-clients no',
    'tls-replication yes',
  ];
}

async function commandOnce(options: RedisOptions, name: string, args: (string | number)[]): Promise<unknown> {
  const client = new Redis({
    ...options,
    lazyConnect: true,
    connectTimeout: 2_000,
    commandTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return await client.call(name, ...args);
  } finally {
    client.disconnect();
  }
}

/** Describes a node and writes its configuration; nothing runs before `start()`. */
export async function createRedisNode(spec: RedisNodeSpec): Promise<RedisNode> {
  const { security } = spec;
  const folder = createFolder(spec.name);
  const configFile = join(folder, 'redis.conf');
  const port = await reservePort();
  // The certificate is valid for the address too: Sentinel and Cluster tell their clients addresses.
  const host = '127.0.0.1';
  const lines = [
    `bind ${host}`,
    ...securityConfig(port, security),
    `dir ${folder}`,
    ...(spec.sentinel ? [] : ['save ""', 'maxmemory-policy noeviction', 'repl-diskless-sync-delay 0']),
    ...(spec.config ?? []),
  ];
  // Sentinel and Cluster write their state into their files: these are the server's own.
  writeServerFile(configFile, `${lines.join('\n')}\n`);

  const command = (name: string, ...args: (string | number)[]) =>
    commandOnce({ host, port, ...clientOptions(security) }, name, args);
  const service = createService({
    name: spec.name,
    folder,
    command: spec.programs('redis-server'),
    args: [configFile, ...(spec.sentinel ? ['--sentinel'] : [])],
    ready: async () => (await command('PING')) === 'PONG',
  });
  return Object.assign(service, {
    host,
    port,
    url: `${security.tls ? 'rediss' : 'redis'}://${security.password ? `:${security.password}@` : ''}${host}:${port}`,
    command,
    async restartEmpty() {
      await service.kill();
      const data = readdirSync(folder).filter((name) => /^(dump|appendonly|temp-)/.test(name));
      for (const name of data) rmSync(join(folder, name), { recursive: true });
      await service.start();
    },
  });
}
