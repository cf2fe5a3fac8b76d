/** What every adapter of the limits seam must do; run from <adapter>.test.ts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../ids.ts';
import type { Limits } from './port.ts';

/** @param wait lets that many milliseconds pass for the adapter's clock */
export function limitsContract(
  name: string,
  open: () => Limits | Promise<Limits>,
  wait: (ms: number) => Promise<unknown>,
): void {
  const bucket = (max: number, { windowMs = 60_000, who = newId() } = {}) => ({
    key: `${newId()}:{${who}}`,
    max,
    windowMs,
  });

  describe(`limits: ${name}`, () => {
    let limits: Limits;
    beforeEach(async () => {
      limits = await open();
    });
    afterEach(() => limits.close());

    it('allows exactly max hits in a window, however many come at once', async () => {
      const five = bucket(5);
      const states = (await Promise.all(Array.from({ length: 20 }, () => limits.hit([five])))).flat();
      expect(states.filter(({ allowed }) => allowed)).toHaveLength(5);
      expect(states[0]).toMatchObject({ allowed: true, limit: 5, remaining: 4 });
      expect(states.at(-1)).toMatchObject({ allowed: false, remaining: 0 });
      expect(states.at(-1)!.resetMs).toBeGreaterThan(0);
      expect(states.at(-1)!.resetMs).toBeLessThanOrEqual(60_000);
    });

    it('counts many people at once, each for themselves', async () => {
      const people = Array.from({ length: 60 }, () => bucket(2));
      const states = await Promise.all([...people, ...people, ...people].map((one) => limits.hit([one])));
      const allowed = states.map(([state]) => state!.allowed);
      expect(allowed.filter(Boolean)).toHaveLength(120);
      expect(allowed.slice(120)).not.toContain(true);
      expect(limits.fallbacks).toBe(0);
    });

    it('starts a new window when the first has passed', async () => {
      const one = bucket(1, { windowMs: 2_000 });
      await limits.hit([one]);
      expect((await limits.hit([one]))[0]!.allowed).toBe(false);
      await wait(2_010);
      expect((await limits.hit([one]))[0]!.allowed).toBe(true);
    });

    it('counts in all buckets or in none', async () => {
      const who = newId();
      const [narrow, wide] = [bucket(1, { who }), bucket(10, { who })];
      await limits.hit([narrow, wide]);
      const [first, second] = await limits.hit([narrow, wide]);
      expect(first!.allowed).toBe(false);
      expect(second).toMatchObject({ allowed: true, remaining: 9 });
    });

    it('tells states in the order of the buckets, each with its own window', async () => {
      const who = newId();
      const buckets = [bucket(3, { who, windowMs: 30_000 }), bucket(9, { who, windowMs: 600_000 })];
      const [short, long] = await limits.hit(buckets);
      expect([short!.limit, long!.limit]).toEqual([3, 9]);
      expect(short!.resetMs).toBeLessThanOrEqual(30_000);
      expect(long!.resetMs).toBeGreaterThan(500_000);
      await limits.hit([buckets[1]!]);
      const [unused, used] = await limits.look(buckets);
      expect([unused!.remaining, used!.remaining]).toEqual([2, 7]);
    });

    it('is not degraded while all is well', async () => {
      await limits.hit([bucket(1)]);
      await limits.ping();
      expect([limits.degraded, limits.fallbacks]).toEqual([false, 0]);
    });

    it('looks without counting', async () => {
      const one = bucket(1);
      expect((await limits.look([one]))[0]).toMatchObject({ allowed: true, remaining: 1 });
      expect((await limits.hit([one]))[0]!.allowed).toBe(true);
      expect((await limits.look([one]))[0]).toMatchObject({ allowed: false, remaining: 0 });
    });
  });
}
