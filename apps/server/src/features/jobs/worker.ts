/** A worker: takes jobs from the carrier, keeps their leases alive, sweeps, and notices when nothing moves. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { JobError, JobLost } from '../../seams/queue/job.ts';
import { describeError } from '../../telemetry/log.ts';
import { jobScope, keyOf, type WorkerContext } from './context.ts';
import { oldestDueMs } from './health.ts';
import type { Registry } from './registry.ts';
import { runJob } from './run-job.ts';
import { CANCELLED_CHANNEL } from './service.ts';
import { sweep } from './sweep.ts';
import { renewLeases } from './table.ts';
import { type Timing, timingOf } from './timing.ts';

/** So many sweeps in a row must find that nothing moves. */
const STUCK_SWEEPS = 5;

export type Worker = {
  /** Due work waits and this worker, although free, takes none. */
  isStuck(): boolean;
  /** Takes nothing new, lets handlers finish, and gives back what takes too long. */
  stop(): Promise<void>;
};

export type WorkerOptions = {
  /** Once, when work has not moved for so long that only a restart helps. */
  onStuck?: () => void;
  timing?: Timing;
  name?: string;
};

export async function startWorker(
  parts: WorkerContext['parts'],
  registry: Registry,
  { onStuck, timing = timingOf(parts.config.work), name }: WorkerOptions = {},
): Promise<Worker> {
  const context: WorkerContext = {
    parts,
    registry,
    timing,
    worker: name ?? `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`,
    active: new Map(),
    slots: new Map(),
    movedAt: parts.now(),
  };
  const { concurrency } = parts.config.work;
  let stuckSweeps = 0;
  const sweeping = repeat(timing.sweepMs, async () => {
    await sweep(context);
    stuckSweeps = (await doesNothing(context, concurrency)) ? stuckSweeps + 1 : 0;
    if (stuckSweeps !== STUCK_SWEEPS) return;
    parts.log.error({ worker: context.worker }, 'work waits and nothing moves');
    onStuck?.();
  });
  const beating = repeat(timing.heartbeatMs, () => beat(context));
  const unsubscribe = await parts.live.subscribe(
    CANCELLED_CHANNEL,
    (id) => abandon(context, (attempt) => attempt.id === id),
    beating.now,
  );
  const consumer = await parts.queue.consume((id) => runJob(context, id), { concurrency });
  sweeping.now();
  return {
    isStuck: () => stuckSweeps >= STUCK_SWEEPS,
    async stop() {
      await sweeping.stop();
      const enough = setTimeout(() => {
        const stopping = new JobError('the worker stops', { next: 'later' });
        for (const { abort } of context.active.values()) abort.abort(stopping);
      }, timing.graceMs);
      await consumer.stop();
      clearTimeout(enough);
      await beating.stop();
      await unsubscribe();
    },
  };
}

/** Runs again and again, each time after the one before has ended. */
function repeat(everyMs: number, work: () => Promise<void>) {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const now = () => {
    if (busy) return;
    busy = true;
    running = work()
      .catch(() => {})
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(now, everyMs);
  return {
    now,
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}

/** Ends attempts whose job is not theirs any more. */
function abandon({ active }: WorkerContext, lost: (attempt: { id: string; claims: number }) => boolean) {
  for (const { attempt, abort } of active.values()) if (lost(attempt)) abort.abort(new JobLost());
}

/** Renews the leases of what runs here; what was cancelled or given to others is abandoned. */
async function beat(context: WorkerContext): Promise<void> {
  const { parts, active, worker, timing } = context;
  const attempts = [...active.values()].map(({ attempt }) => attempt);
  if (attempts.length === 0) return;
  try {
    const own = await parts.database.write(jobScope(worker), (trx) =>
      renewLeases(trx, attempts, { worker, now: parts.now(), leaseMs: timing.leaseMs }),
    );
    const kept = new Set(own.map(keyOf));
    const asked = new Set(attempts.map(keyOf));
    abandon(context, (attempt) => asked.has(keyOf(attempt)) && !kept.has(keyOf(attempt)));
  } catch (error) {
    parts.log.warn({ worker, error: describeError(error) }, 'leases could not be renewed');
  }
}

async function doesNothing(
  { parts, timing, active, movedAt }: WorkerContext,
  concurrency: number,
): Promise<boolean> {
  const now = parts.now();
  if (active.size >= concurrency || now - movedAt < timing.stuckMs) return false;
  const waited = await oldestDueMs(parts.database.read(ACCOUNTS), now);
  return waited !== null && waited > timing.stuckMs;
}
