/** What every adapter of the limits seam must do. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Limits } from './port.ts';

const rule = { max: 3, windowMs: 300 };

export function limitsContract(name: string, create: () => Promise<Limits>): void {
  describe(`limits: ${name}`, () => {
    let limits: Limits;
    beforeEach(async () => {
      limits = await create();
    });
    afterEach(() => limits.close());

    it('admits exactly max events of a window, however concurrent', async () => {
      const states = await Promise.all(Array.from({ length: 20 }, () => limits.hit('a', rule)));
      expect(states.filter((state) => state.allowed)).toHaveLength(3);
    });

    it('says what remains and when the window ends', async () => {
      const first = await limits.hit('a', rule);
      expect(first).toMatchObject({ allowed: true, limit: 3, remaining: 2 });
      expect(first.resetMs).toBeGreaterThan(0);
      expect(first.resetMs).toBeLessThanOrEqual(rule.windowMs);
    });

    it('counts keys apart', async () => {
      for (let n = 0; n < 4; n += 1) await limits.hit('a', rule);
      expect((await limits.hit('b', rule)).allowed).toBe(true);
    });

    it('looks without counting, and refuses once max is reached', async () => {
      expect((await limits.peek('a', rule)).allowed).toBe(true);
      for (let n = 0; n < 3; n += 1) await limits.hit('a', rule);
      expect(await limits.peek('a', rule)).toMatchObject({ allowed: false, remaining: 0 });
      await limits.reset('a');
      expect((await limits.peek('a', rule)).allowed).toBe(true);
    });

    it('starts anew when the window has ended', async () => {
      for (let n = 0; n < 4; n += 1) await limits.hit('a', rule);
      await new Promise((resolve) => setTimeout(resolve, rule.windowMs + 50));
      expect((await limits.hit('a', rule)).allowed).toBe(true);
    });
  });
}
