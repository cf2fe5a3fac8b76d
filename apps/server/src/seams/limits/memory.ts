/** Limits of one process. */
import type { Bucket, BucketState, Limits } from './port.ts';

type Window = { hits: number; endsAt: number };

const SWEEP_MS = 60_000;

export function memoryLimits(now: () => number): Limits {
  const windows = new Map<string, Window>();
  const live = (key: string): Window | undefined => {
    const window = windows.get(key);
    return window && window.endsAt > now() ? window : undefined;
  };
  const state = ({ key, max, windowMs }: Bucket, allowed: boolean): BucketState => {
    const window = live(key);
    return {
      allowed,
      limit: max,
      remaining: Math.max(0, max - (window?.hits ?? 0)),
      resetMs: window ? window.endsAt - now() : windowMs,
    };
  };
  const sweeper = setInterval(() => {
    for (const [key, { endsAt }] of windows) if (endsAt <= now()) windows.delete(key);
  }, SWEEP_MS);
  sweeper.unref();

  return {
    adapter: 'memory',
    degraded: false,
    fallbacks: 0,
    async hit(buckets) {
      const room = buckets.map(({ key, max }) => (live(key)?.hits ?? 0) < max);
      if (room.every(Boolean))
        for (const { key, windowMs } of buckets) {
          const window = live(key);
          if (window) window.hits += 1;
          else windows.set(key, { hits: 1, endsAt: now() + windowMs });
        }
      return buckets.map((bucket, index) => state(bucket, room[index]!));
    },
    async look(buckets) {
      return buckets.map((bucket) => state(bucket, (live(bucket.key)?.hits ?? 0) < bucket.max));
    },
    async ping() {},
    async close() {
      clearInterval(sweeper);
    },
  };
}
