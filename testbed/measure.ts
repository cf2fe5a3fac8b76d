/** Prints the table of README.md: how long each server takes to start, and its most memory meanwhile. */
import { startNginx } from './nginx.ts';
import { startPgBouncer } from './pgbouncer.ts';
import { startPostgres } from './postgres.ts';
import { processTree, proportionalBytes } from './process-tree.ts';
import { startRabbitMq } from './rabbitmq.ts';
import { startRedis, startRedisCluster, startRedisSentinel } from './redis.ts';
import { startS3 } from './rgw.ts';

/** All processes below this one, without itself. */
function serverMemory(): number {
  return processTree(process.pid)
    .filter((pid) => pid !== process.pid)
    .reduce((sum, pid) => sum + proportionalBytes(pid), 0);
}

async function measure(name: string, start: () => Promise<AsyncDisposable>): Promise<void> {
  let peak = 0;
  const before = serverMemory();
  const sample = () => {
    peak = Math.max(peak, serverMemory() - before);
  };
  const timer = setInterval(sample, 50);
  const begun = performance.now();
  const server = await start();
  const started = performance.now();
  sample();
  clearInterval(timer);
  await server[Symbol.asyncDispose]();
  const seconds = [started - begun, performance.now() - started].map((ms) => (ms / 1000).toFixed(2));
  process.stdout.write(`| ${name} | ${seconds.join(' | ')} | ${Math.round(peak / 1024 / 1024)} |\n`);
}

process.stdout.write('| what | start, s | stop, s | memory, MB |\n|---|---|---|---|\n');
await measure('PostgreSQL, alone', () => startPostgres());
await measure('PostgreSQL, primary and two replicas', () => startPostgres({ replicas: 2 }));
await measure('PostgreSQL, TLS, one replica', () => startPostgres({ tls: true, replicas: 1 }));
const postgres = await startPostgres();
await measure('PgBouncer (with a running PostgreSQL)', () => startPgBouncer({ postgres }));
await postgres.stop();
await measure('Redis, single', () => startRedis());
await measure('Redis, Sentinel: 3 servers, 3 Sentinels', () => startRedisSentinel());
await measure('Redis, Cluster of 3', () => startRedisCluster());
await measure('Redis, Cluster of 3 with a replica each, TLS', () =>
  startRedisCluster({ replicas: 1, tls: true }),
);
await measure('Ceph: monitor, store, gateway; user and bucket', () => startS3());
await measure('RabbitMQ', () => startRabbitMq());
const http = ({ port }: { port: number }) => `server { listen 127.0.0.1:${port}; return 204; }`;
await measure('nginx', () => startNginx({ http }));
