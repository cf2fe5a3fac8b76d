/** How often a worker looks after its jobs: all follows from how long a silent worker counts as alive. */
import type { Config } from '../../config.ts';

export type Timing = {
  leaseMs: number;
  /** Three chances to renew a lease. */
  heartbeatMs: number;
  sweepMs: number;
  /** A job that nobody took up by then is given to the carrier again. */
  resendMs: number;
  /** Due work that waits that long while this worker does nothing: the worker is stuck. */
  stuckMs: number;
  /** How long a stopping worker lets its handlers go on. */
  graceMs: number;
};

const GRACE_MS = 8_000;

export const timingOf = ({ leaseMs }: Config['work']): Timing => ({
  leaseMs,
  heartbeatMs: Math.round(leaseMs / 3),
  sweepMs: Math.round(leaseMs / 10),
  resendMs: Math.round(leaseMs / 3),
  stuckMs: leaseMs * 3,
  graceMs: GRACE_MS,
});
