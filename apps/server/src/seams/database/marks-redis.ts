/**
 * Write marks in Redis. What Redis may have forgotten must not look like "no write": every group of keys has an epoch
 * key, and where that is missing Redis has lost its data. From then on, until all marks of before would have expired
 * anyway, the answer is `unknown`. The same holds after a lost connection, as a fail-over loses the newest writes.
 */
import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import type { WriteMarks } from './marks.ts';

/** A replica that lags more than ten seconds is not read, so that a mark is needed for little longer than that. */
const KEEP_SECONDS = 60;
const COMMAND_TIMEOUT_MS = 200;
/** After a command that did not answer, nobody waits for the next ones. */
const PAUSE_MS = 1_000;
/** Marks spread over a Cluster in groups; the keys of one group live together. */
const GROUPS = 64;

/** KEYS: mark, epoch, young (while the epoch is). ARGV: position or nothing, seconds to keep it. */
const SET = `
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('SET', KEYS[3], '1', 'EX', ARGV[2])
  redis.call('SET', KEYS[2], '1')
end
if ARGV[1] ~= '' then
  local known = redis.call('GET', KEYS[1])
  if not known or known < ARGV[1] then known = ARGV[1] end
  redis.call('SET', KEYS[1], known, 'EX', ARGV[2])
end
return 1`;

async function inTime<T>(command: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, COMMAND_TIMEOUT_MS, new Error('Redis did not answer in time'));
  });
  try {
    return await Promise.race([command, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param redis is not closed by `close`: it belongs to the caller
 * @param prefix of all keys
 * @param keepSeconds how long a mark is kept
 */
export function redisMarks(redis: Redis | Cluster, prefix: string, keepSeconds = KEEP_SECONDS): WriteMarks {
  let distrustedUntil = 0;
  let pausedUntil = 0;

  const distrust = () => {
    distrustedUntil = performance.now() + keepSeconds * 1000;
  };
  const events = ['close', 'node error', '-node'];
  for (const event of events) redis.on(event, distrust);

  function keysOf(scope: string): [string, string, string] {
    const group = createHash('sha1').update(scope).digest()[0]! % GROUPS;
    const tagged = (name: string) => `${prefix}{marks:${group}}:${name}`;
    return [tagged(scope), tagged('epoch'), tagged('young')];
  }

  async function ask<T>(command: () => Promise<T>): Promise<T> {
    if (redis.status !== 'ready' || performance.now() < pausedUntil)
      throw new Error('Redis is not available');
    try {
      return await inTime(command());
    } catch (error) {
      pausedUntil = performance.now() + PAUSE_MS;
      throw error;
    }
  }

  const put = (keys: string[], position: string) =>
    ask(() => redis.eval(SET, keys.length, ...keys, position, keepSeconds));

  return {
    async get(scope) {
      if (performance.now() < distrustedUntil) return 'unknown';
      const keys = keysOf(scope);
      try {
        const [mark, epoch, young] = await ask(() => redis.mget(...keys));
        if (epoch && !young) return mark ?? null;
        if (!epoch) await put(keys, '');
      } catch {
        // Whatever the reason: nothing is known.
      }
      return 'unknown';
    },
    async set(scope, position) {
      await put(keysOf(scope), position);
    },
    async close() {
      for (const event of events) redis.off(event, distrust);
    },
  };
}
