/**
 * The Redis of an installation as limits, cache and marks see it: a short command either succeeds or fails within a
 * fraction of a second, and while Redis is lost it fails at once.
 */
import { describeError, type Log } from '../../telemetry/log.ts';
import { commandClient, type RedisClient } from './clients.ts';
import { parseRedisUrl, type RedisTarget } from './url.ts';

const DEADLINE_MS = 300;
/** So long nobody asks a Redis that failed; then one command tries it for all. */
const PAUSE_MS = 1_000;
/** The last two are a Cluster's: a node is lost, others go on. */
const BREAKS = ['close', 'node error', '-node'];

export class RedisLost extends Error {
  override readonly name = 'RedisLost';
}

export type RedisServer = {
  readonly target: RedisTarget;
  /** The connection for short commands; `ask` knows better when to use it. */
  readonly client: RedisClient;
  /**
   * When the connection was last lost or found again, in milliseconds since 1970; 0: never. The newest writes of
   * before may be gone, as a fail-over loses what was not copied yet.
   */
  readonly brokenAt: number;
  /** True from a failure until a command succeeds again. */
  readonly lost: boolean;
  /** A key or channel of this installation. */
  key(name: string): string;
  /**
   * Runs short commands.
   * @throws RedisLost at once while Redis is lost; else what went wrong, within 300 ms
   */
  ask<T>(commands: (client: RedisClient) => Promise<T>): Promise<T>;
  /** Waits for the first connection; answers false when there is none after so many milliseconds. */
  ready(withinMs: number): Promise<boolean>;
  /** Says that one more part uses this connection. */
  retain(): void;
  /** Says that a part is done with it; the last one ends it. */
  close(): void;
};

/**
 * @param url as parseRedisUrl takes it
 * @param deadlineMs what callers wait for an answer at most
 * @throws RedisUrlError; a server that is away is no error
 */
export function redisServer(url: string, log: Log, deadlineMs = DEADLINE_MS): RedisServer {
  const target = parseRedisUrl(url);
  /** Why there is no connection, or why the last command failed. */
  let lastError: unknown;
  const client = commandClient(target, (error) => {
    lastError = error;
  });
  let brokenAt = 0;
  for (const event of BREAKS)
    client.on(event, () => {
      brokenAt = Date.now();
    });
  let lost = false;
  let pausedUntil = 0;
  let probing = false;
  let users = 0;

  const failed = (error: unknown): void => {
    if (!lost) log.warn({ error: describeError(error) }, 'Redis is lost');
    lost = true;
    lastError = error;
    pausedUntil = performance.now() + PAUSE_MS;
    brokenAt = Date.now();
  };
  const succeeded = (): void => {
    if (!lost) return;
    log.info('Redis is back');
    lost = false;
    brokenAt = Date.now();
  };

  return {
    target,
    client,
    get brokenAt() {
      return brokenAt;
    },
    get lost() {
      return lost;
    },
    key: (name) => `${target.prefix}:${name}`,
    async ask(commands) {
      if (lost && (probing || performance.now() < pausedUntil))
        throw new RedisLost('Redis is lost', { cause: lastError });
      if (client.status !== 'ready') {
        failed(lastError ?? new RedisLost('not connected'));
        throw new RedisLost('Redis is not connected', { cause: lastError });
      }
      probing = lost;
      try {
        const answer = await within(deadlineMs, commands(client));
        succeeded();
        return answer;
      } catch (error) {
        failed(error);
        throw error;
      } finally {
        probing = false;
      }
    },
    ready: (withinMs) => untilReady(client, withinMs),
    retain() {
      users += 1;
    },
    close() {
      users -= 1;
      if (users <= 0) client.disconnect();
    },
  };
}

/** One promise and one timer: every session, limit and cached answer passes through here. */
function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // An answer that arrived while this process was busy is read first.
    const giveUp = () => setImmediate(() => reject(new RedisLost(`no answer within ${ms} ms`)));
    const timer = setTimeout(giveUp, ms);
    answer.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

async function untilReady(client: RedisClient, withinMs: number): Promise<boolean> {
  if (client.status === 'ready') return true;
  return new Promise((resolve) => {
    const done = (answer: boolean) => {
      clearTimeout(timer);
      client.off('ready', connected);
      resolve(answer);
    };
    const connected = () => done(true);
    const timer = setTimeout(() => done(false), withinMs);
    client.on('ready', connected);
  });
}
