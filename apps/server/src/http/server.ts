/** Listening and stopping. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';

const DRAIN_MS = 10_000;
/** A connection becomes idle when its last request is done; how soon that is noticed. */
const IDLE_CHECK_MS = 50;

/** @returns once connections are accepted; port 0 takes a free one */
export async function listen(
  listener: RequestListener,
  { host, port }: Pick<Config['http'], 'host' | 'port'>,
): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 20_000 }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

export function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  const host = address === '0.0.0.0' || address === '::' ? 'localhost' : address;
  return `http://${family === 'IPv6' && host !== 'localhost' ? `[${host}]` : host}:${port}`;
}

/**
 * Goes on for the grace time, then accepts nothing new, lets requests finish, and cuts those off that need longer
 * than ten seconds.
 */
export async function drain(server: Server, graceMs: number): Promise<void> {
  if (graceMs > 0) await sleep(graceMs);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(deadline);
  clearInterval(idle);
}
