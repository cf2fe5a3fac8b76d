/**
 * Ports private to this process. The ports between 10000 and the kernel's ephemeral range, which would
 * collide under load, are cut into lanes. A process owns a lane by listening on the lane's first port for as
 * long as it lives: the kernel keeps two runs apart, and frees the lane whatever way the process ends.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';

const LANE = 128;
const FIRST = 10_000;

function firstEphemeral(): number {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/)[0]);
  } catch {
    return 32_768;
  }
}

/** A listener on the port, or undefined if somebody has it. */
function tryListen(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

async function isFree(port: number): Promise<boolean> {
  const server = await tryListen(port);
  if (!server) return false;
  await new Promise((resolve) => server.close(resolve));
  return true;
}

async function openLane(): Promise<number> {
  const lanes = Math.floor((firstEphemeral() - FIRST) / LANE);
  const start = Math.floor(Math.random() * lanes);
  for (let i = 0; i < lanes; i += 1) {
    const base = FIRST + ((start + i) % lanes) * LANE;
    const owner = await tryListen(base);
    if (!owner) continue;
    owner.unref();
    return base;
  }
  throw new Error(`all ${lanes} port lanes from ${FIRST} up are taken: are old test runs still alive?`);
}

let next = 0;
let end = 0;
let turn: Promise<unknown> = Promise.resolve();

async function takeBlock(size: number): Promise<number> {
  for (;;) {
    if (next + size > end) {
      const base = await openLane();
      next = base + 1;
      end = base + LANE;
    }
    const first = next;
    const ports = Array.from({ length: size }, (_, i) => first + i);
    next += size;
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return first;
  }
}

/**
 * Reserves consecutive ports that nobody uses, for the life of this process; none is handed out twice.
 * @param size at most 127
 * @returns the first of them
 */
export function reservePorts(size: number): Promise<number> {
  if (size < 1 || size >= LANE) throw new RangeError(`a block of ports has 1 to ${LANE - 1}, not ${size}`);
  const result = turn.then(() => takeBlock(size));
  turn = result.catch(() => {});
  return result;
}

/** Reserves one port; see {@link reservePorts}. */
export function reservePort(): Promise<number> {
  return reservePorts(1);
}
