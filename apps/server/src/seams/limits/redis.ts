/** Limits of all instances together, counted in Redis. */
import { createHash } from 'node:crypto';
import type { RedisClient } from '../redis/clients.ts';
import type { RedisServer } from '../redis/connect.ts';
import { memoryLimits } from './memory.ts';
import type { Bucket, BucketState, Limits } from './port.ts';

/**
 * KEYS: the buckets. ARGV: 1 to count or 0 to look, then maximum and window of each bucket. Answers for each bucket
 * whether it had room, its hits, and the milliseconds that its window has left.
 */
const SCRIPT = `
local hits, room = {}, ARGV[1] == '1'
for i, key in ipairs(KEYS) do
  hits[i] = tonumber(redis.call('GET', key) or '0')
  room = room and hits[i] < tonumber(ARGV[2 * i])
end
local answer = {}
for i, key in ipairs(KEYS) do
  local max, window = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local allowed = hits[i] < max and 1 or 0
  local left = redis.call('PTTL', key)
  if room then hits[i] = redis.call('INCR', key) end
  if left < 0 then
    left = window
    if room then redis.call('PEXPIRE', key, window) end
  end
  answer[#answer + 1] = allowed
  answer[#answer + 1] = hits[i]
  answer[#answer + 1] = left
end
return answer
`;
const SHA = createHash('sha1').update(SCRIPT).digest('hex');

/** A Redis that was restarted does not know the script yet. */
async function evaluate(client: RedisClient, keys: string[], values: number[]): Promise<number[]> {
  try {
    return (await client.evalsha(SHA, keys.length, ...keys, ...values)) as number[];
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return (await client.eval(SCRIPT, keys.length, ...keys, ...values)) as number[];
  }
}

const halved = (bucket: Bucket): Bucket => ({ ...bucket, max: Math.max(1, Math.floor(bucket.max / 2)) });

/** @param now the clock of the counter that takes over when Redis is lost; Redis has its own */
export function redisLimits(server: RedisServer, now: () => number): Limits {
  server.retain();
  const own = memoryLimits(now);
  let fallbacks = 0;

  async function ask(method: 'hit' | 'look', buckets: Bucket[]): Promise<BucketState[]> {
    const keys = buckets.map(({ key }) => server.key(key));
    const values = [method === 'hit' ? 1 : 0, ...buckets.flatMap(({ max, windowMs }) => [max, windowMs])];
    try {
      const answer = await server.ask((client) => evaluate(client, keys, values));
      return buckets.map(({ max }, index) => {
        const [allowed, hits = 0, left = 0] = answer.slice(3 * index);
        return { allowed: allowed === 1, limit: max, remaining: Math.max(0, max - hits), resetMs: left };
      });
    } catch {
      fallbacks += 1;
      return own[method](buckets.map(halved));
    }
  }

  return {
    adapter: `redis ${server.target.shape}`,
    get degraded() {
      return server.lost;
    },
    get fallbacks() {
      return fallbacks;
    },
    hit: (buckets) => ask('hit', buckets),
    look: (buckets) => ask('look', buckets),
    async ping() {
      await server.ask((client) => client.get(server.key('ping')));
    },
    async close() {
      await own.close();
      server.close();
    },
  };
}
