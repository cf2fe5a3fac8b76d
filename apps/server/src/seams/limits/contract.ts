/** What every adapter of the limits seam must do; run from <adapter>.test.ts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../ids.ts';
import type { Limits } from './port.ts';

/** @param wait lets that many milliseconds pass for the adapter's clock */
export function limitsContract(name: string, open: () => Limits, wait: (ms: number) => Promise<void>): void {
  const bucket = (max: number, windowMs = 1000) => ({ key: `test:${newId()}`, max, windowMs });

  describe(`limits: ${name}`, () => {
    let limits: Limits;
    beforeEach(() => {
      limits = open();
    });
    afterEach(() => limits.close());

    it('allows exactly max hits in a window, however many come at once', async () => {
      const five = bucket(5);
      const states = (await Promise.all(Array.from({ length: 20 }, () => limits.hit([five])))).flat();
      expect(states.filter(({ allowed }) => allowed)).toHaveLength(5);
      expect(states[0]).toMatchObject({ allowed: true, limit: 5, remaining: 4 });
      expect(states.at(-1)).toMatchObject({ allowed: false, remaining: 0 });
      expect(states.at(-1)!.resetMs).toBeGreaterThan(0);
      expect(states.at(-1)!.resetMs).toBeLessThanOrEqual(1000);
    });

    it('starts a new window when the first has passed', async () => {
      const one = bucket(1);
      await limits.hit([one]);
      expect((await limits.hit([one]))[0]!.allowed).toBe(false);
      await wait(1010);
      expect((await limits.hit([one]))[0]!.allowed).toBe(true);
    });

    it('counts in all buckets or in none', async () => {
      const [narrow, wide] = [bucket(1), bucket(10)];
      await limits.hit([narrow, wide]);
      const [first, second] = await limits.hit([narrow, wide]);
      expect(first!.allowed).toBe(false);
      expect(second).toMatchObject({ allowed: true, remaining: 9 });
    });

    it('looks without counting', async () => {
      const one = bucket(1);
      expect((await limits.look([one]))[0]).toMatchObject({ allowed: true, remaining: 1 });
      expect((await limits.hit([one]))[0]!.allowed).toBe(true);
      expect((await limits.look([one]))[0]).toMatchObject({ allowed: false, remaining: 0 });
    });
  });
}
