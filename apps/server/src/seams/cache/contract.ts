/** What every adapter of the cache seam must do; run from <adapter>.test.ts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../ids.ts';
import type { Cache } from './port.ts';

const LONG_MS = 60_000;

/** @param wait lets that many milliseconds pass for the adapter's clock */
export function cacheContract(
  name: string,
  open: () => Cache | Promise<Cache>,
  wait: (ms: number) => Promise<unknown>,
): void {
  describe(`cache: ${name}`, () => {
    let cache: Cache;
    let key: string;
    beforeEach(async () => {
      cache = await open();
      key = `test:{${newId()}}`;
    });
    afterEach(() => cache.close());

    it('gives back what was set, until it is deleted', async () => {
      expect(await cache.get(key)).toBeNull();
      await cache.set(key, 'first', LONG_MS);
      await cache.set(key, 'second', LONG_MS);
      expect(await cache.get(key)).toBe('second');
      await cache.delete(key);
      await cache.delete(key);
      expect(await cache.get(key)).toBeNull();
    });

    it.each([
      ['nothing', ''],
      ['20,000 characters', 'x'.repeat(20_000)],
      ['any writing', 'Ölüm — 猫 🐄 \u0000 \r\n "quoted" {braces}'],
    ])('keeps %s as it is', async (_what, value) => {
      await cache.set(key, value, LONG_MS);
      expect(await cache.get(key)).toBe(value);
    });

    it('forgets when the time to live has passed, which a new value begins anew', async () => {
      await cache.set(key, 'short', 1_500);
      await cache.set(`${key}:kept`, 'short', 1_500);
      await cache.set(`${key}:kept`, 'long', LONG_MS);
      expect(await cache.add(`${key}:added`, 'short', 1_500)).toBe(true);
      expect(await cache.get(key)).toBe('short');
      await wait(1_510);
      expect(await cache.get(key)).toBeNull();
      expect(await cache.get(`${key}:kept`)).toBe('long');
      expect(await cache.add(`${key}:added`, 'again', LONG_MS)).toBe(true);
    });

    it('adds only what is not there, and to one of many at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => cache.add(key, String(n), LONG_MS)),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await cache.get(key)).toBe(String(answers.indexOf(true)));
      await cache.set(key, 'set', LONG_MS);
      expect(await cache.add(key, 'added', LONG_MS)).toBe(false);
      expect(await cache.get(key)).toBe('set');
      await cache.delete(key);
      expect(await cache.add(key, 'added', LONG_MS)).toBe(true);
    });

    it('can be reached and was never broken', async () => {
      await cache.ping();
      expect(cache.brokenAt).toBe(0);
    });
  });
}
