/** A circuit breaker: after failures in a row nobody waits for what is known to be down; one probe finds out. */

export type BreakerOptions = {
  /** So many failures in a row open it. */
  failures: number;
  /** How long it stays open before a probe, in milliseconds. */
  openMs: number;
  now: () => number;
};

export type Breaker = {
  /** 0 when a call may be made; it must be followed by `succeeded`, `failed` or `released`. Else the wait in ms. */
  enter(): number;
  succeeded(): void;
  failed(): void;
  /** The call said nothing about the provider's health. */
  released(): void;
};

export function createBreaker({ failures, openMs, now }: BreakerOptions): Breaker {
  let inARow = 0;
  let openUntil = 0;
  let probing = false;
  return {
    enter() {
      if (inARow < failures) return 0;
      const wait = openUntil - now();
      if (wait > 0) return wait;
      if (probing) return openMs;
      probing = true;
      return 0;
    },
    succeeded() {
      inARow = 0;
      probing = false;
    },
    failed() {
      inARow += 1;
      probing = false;
      if (inARow >= failures) openUntil = now() + openMs;
    },
    released() {
      probing = false;
    },
  };
}
