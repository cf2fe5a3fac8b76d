import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NginxContext, startNginx } from './nginx.ts';
import { until } from './process.ts';

const backends: Server[] = [];
const port = (i: number) => (backends[i]!.address() as AddressInfo).port;

beforeAll(async () => {
  for (const name of ['one', 'two']) {
    const server = createServer((incoming, response) => {
      response.setHeader('content-type', 'text/plain');
      if (incoming.url === '/long') response.end('long '.repeat(2_000));
      else response.end(`${name} saw ${incoming.headers['x-forwarded-for']}`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    backends.push(server);
  }
});
afterAll(() => {
  for (const server of backends) server.close();
});

const proxyTo =
  (...ports: number[]) =>
  ({ port: own }: NginxContext) =>
    `
  upstream app { least_conn; ${ports.map((at) => `server 127.0.0.1:${at} max_fails=1 fail_timeout=1s;`).join(' ')} }
  brotli on; brotli_types text/plain;
  server {
    listen 127.0.0.1:${own};
    location / {
      proxy_pass http://app;
      proxy_set_header X-Forwarded-For $remote_addr;
    }
  }`;

test('nginx proxies to node servers, compresses, reloads, and refuses a wrong configuration', async () => {
  await using nginx = await startNginx({ http: proxyTo(port(0)) });
  const get = async (path = '/') => (await fetch(nginx.url + path)).text();
  expect(await get()).toBe('one saw 127.0.0.1');

  const compressed = request(`${nginx.url}/long`, { headers: { 'accept-encoding': 'br' } }).end();
  const [response] = await once(compressed, 'response');
  expect(response.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(Buffer.concat(await response.toArray())).toString()).toHaveLength(10_000);

  await nginx.reload(proxyTo(port(1)));
  await until('the new backend', async () => (await get()) === 'two saw 127.0.0.1');
  await expect(nginx.reload(() => 'nonsense;')).rejects.toThrow('unknown directive "nonsense"');
  expect(await get()).toBe('two saw 127.0.0.1');

  await nginx.stop();
  await expect(get()).rejects.toThrow('fetch failed');
  await nginx.start();
  expect(await get()).toBe('two saw 127.0.0.1');
});

test('a dead backend is skipped', async () => {
  const dead = createServer().listen(0, '127.0.0.1');
  await once(dead, 'listening');
  const deadPort = (dead.address() as AddressInfo).port;
  dead.close();
  await using nginx = await startNginx({ http: proxyTo(deadPort, port(0)) });
  const answers = await Promise.all(Array.from({ length: 10 }, () => fetch(nginx.url).then((r) => r.text())));
  expect(new Set(answers)).toEqual(new Set(['one saw 127.0.0.1']));
});
