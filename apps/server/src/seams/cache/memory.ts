/** The cache of one process. */
import type { Cache } from './port.ts';

type Entry = { value: string; endsAt: number };

const MAX_ENTRIES = 10_000;

/** @param now milliseconds since 1970 */
export function memoryCache(now: () => number): Cache {
  const entries = new Map<string, Entry>();
  const live = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (entry && entry.endsAt > now()) return entry;
    entries.delete(key);
    return undefined;
  };
  const put = (key: string, value: string, ttlMs: number) => {
    // Set anew it moves to the end, so the first entry is the one written longest ago.
    entries.delete(key);
    if (entries.size >= MAX_ENTRIES) entries.delete(entries.keys().next().value!);
    entries.set(key, { value, endsAt: now() + ttlMs });
  };
  return {
    adapter: 'memory',
    brokenAt: 0,
    get: async (key) => live(key)?.value ?? null,
    set: async (key, value, ttlMs) => put(key, value, ttlMs),
    async add(key, value, ttlMs) {
      if (live(key)) return false;
      put(key, value, ttlMs);
      return true;
    },
    delete: async (key) => void entries.delete(key),
    ping: async () => {},
    close: async () => entries.clear(),
  };
}
