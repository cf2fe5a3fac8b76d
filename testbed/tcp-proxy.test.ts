import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from './process.ts';
import { startTcpProxy } from './tcp-proxy.ts';

let echo: Server;
const sockets: Socket[] = [];
const target = () => ({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });

beforeAll(async () => {
  echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => {
  echo.close();
});

/** Unlike `once`, takes a reset for what it is here: an end. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));
}

async function client(proxy: {
  host: string;
  port: number;
}): Promise<{ socket: Socket; heard: () => string }> {
  const socket = connect({ port: proxy.port, host: proxy.host }).on('error', () => {});
  sockets.push(socket);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  // A cut proxy may reset it before it knows that it is connected.
  await once(socket, 'connect').catch(() => {});
  return { socket, heard: () => heard };
}

test('passes bytes on in order, and adds latency each way', async () => {
  await using proxy = await startTcpProxy(target());
  const { socket, heard } = await client(proxy);
  const text = Array.from({ length: 20_000 }, (_, i) => `${i};`).join('');
  socket.write(text);
  await until('the echo', () => heard().length === text.length);
  expect(heard()).toBe(text);
  proxy.setLatency(60);
  const before = performance.now();
  socket.write('x');
  await until('the slow echo', () => heard().endsWith('x'));
  expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  proxy.setLatency(0);
  for (const part of 'abcdef') socket.write(part);
  await until('the last parts', () => heard().endsWith('f'));
  expect(heard().slice(-6)).toBe('abcdef');
});

test('a cut resets open connections and refuses new ones until restored', async () => {
  await using proxy = await startTcpProxy(target());
  const first = await client(proxy);
  const closed = closing(first.socket);
  proxy.cut();
  await closed;
  expect(proxy.connections()).toBe(0);
  const second = await client(proxy);
  await closing(second.socket);
  proxy.restore();
  const third = await client(proxy);
  third.socket.write('back');
  await until('the echo', () => third.heard() === 'back');
});

test('a black hole keeps connections open, answers nothing, and delivers late', async () => {
  await using proxy = await startTcpProxy(target());
  const { socket, heard } = await client(proxy);
  proxy.blackhole();
  socket.write('late');
  const fresh = await client(proxy);
  fresh.socket.write('also late');
  await sleep(150);
  expect([heard(), fresh.heard(), socket.destroyed]).toEqual(['', '', false]);
  proxy.restore();
  await until('what was held back', () => heard() === 'late' && fresh.heard() === 'also late');
});

test('closes its side when the server closes, and can lead elsewhere', async () => {
  const bye = createServer((socket) => socket.on('error', () => {}).end('bye')).listen(0, '127.0.0.1');
  await once(bye, 'listening');
  await using proxy = await startTcpProxy(target());
  proxy.retarget({ host: '127.0.0.1', port: (bye.address() as AddressInfo).port });
  const { socket, heard } = await client(proxy);
  await closing(socket);
  expect(heard()).toBe('bye');
  bye.close();
});
