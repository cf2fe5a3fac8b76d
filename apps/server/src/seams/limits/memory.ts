/** Limits of one process: fixed windows that start with the first event. */
import type { LimitRule, LimitState, Limits } from './port.ts';

type Window = { count: number; endsAt: number };

const SWEEP_EVERY_MS = 60_000;

export function memoryLimits(now: () => number = Date.now): Limits {
  const windows = new Map<string, Window>();
  const sweep = setInterval(() => {
    const time = now();
    for (const [key, window] of windows) if (window.endsAt <= time) windows.delete(key);
  }, SWEEP_EVERY_MS);
  sweep.unref();

  const state = (window: Window | undefined, { max, windowMs }: LimitRule): LimitState => ({
    allowed: (window?.count ?? 0) <= max,
    limit: max,
    remaining: Math.max(0, max - (window?.count ?? 0)),
    resetMs: window ? window.endsAt - now() : windowMs,
  });

  const current = (key: string): Window | undefined => {
    const window = windows.get(key);
    return window && window.endsAt > now() ? window : undefined;
  };

  return {
    async hit(key, rule) {
      const window = current(key) ?? { count: 0, endsAt: now() + rule.windowMs };
      window.count += 1;
      windows.set(key, window);
      return state(window, rule);
    },
    async peek(key, rule) {
      const window = current(key);
      return { ...state(window, rule), allowed: (window?.count ?? 0) < rule.max };
    },
    async reset(key) {
      windows.delete(key);
    },
    async close() {
      clearInterval(sweep);
      windows.clear();
    },
  };
}
