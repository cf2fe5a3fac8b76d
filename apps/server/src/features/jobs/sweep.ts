/** Finds what was lost: jobs that no carrier delivered, jobs whose worker died, slots of schedules that have begun. */

import { ACCOUNTS } from '../../seams/database/port.ts';
import { describeError } from '../../telemetry/log.ts';
import { jobScope, type WorkerContext } from './context.ts';
import { backoffMs, bury, putBack } from './outcome.ts';
import type { Schedule } from './registry.ts';
import { dispatch } from './service.ts';
import { carriedOf, findExpired, takeUnsent } from './table.ts';

const BATCH = 200;
/** Sweeps of all workers follow each other. */
const SWEEP_SCOPE = jobScope('sweep');

/** One round of all three. What fails is logged and tried again in the next one. */
export async function sweep(context: WorkerContext): Promise<void> {
  for (const step of [startSlots, reclaim, resend])
    await step(context).catch((error: unknown) =>
      context.parts.log.error({ step: step.name, error: describeError(error) }, 'sweep failed'),
    );
}

/** Gives jobs of dead workers back; one that keeps ending its workers is poison. */
async function reclaim(context: WorkerContext): Promise<void> {
  const { parts, registry } = context;
  const expired = await findExpired(parts.database.read(ACCOUNTS), parts.now(), BATCH);
  for (const row of expired) {
    parts.log.warn({ jobId: row.id, type: row.type, attempt: row.attempts }, 'the worker of a job is gone');
    if (row.attempts >= row.max_attempts) {
      await bury(context, row, `poison: ${row.attempts} workers ended while on it`);
      continue;
    }
    const backoff = registry.jobs.get(row.type)?.definition.backoff ?? { firstMs: 1000, maxMs: 1000 };
    const delayMs = backoffMs(backoff, row.attempts);
    await putBack(context, row, { delayMs, error: 'the worker ended', free: false });
  }
}

/** Sends again what nobody took up, all of it when the carrier has nothing else: it was restarted empty. */
async function resend({ parts, timing }: WorkerContext): Promise<void> {
  const { database, queue, now } = parts;
  for (;;) {
    const due = await database.write(SWEEP_SCOPE, (trx) =>
      takeUnsent(trx, { now: now(), resendMs: timing.resendMs, limit: BATCH }),
    );
    await dispatch(
      parts,
      due.map((row) => carriedOf(row, now())),
    );
    if (due.length < BATCH || (await queue.depth()).waiting > BATCH) return;
  }
}

/** The key that makes a slot one job, whoever asks for it. */
export const slotKey = ({ definition, everyMs }: Schedule, now: number): string =>
  `slot:${definition.type}:${Math.floor(now / everyMs)}`;

/** Asks for the job of every schedule's current slot. */
async function startSlots({ parts, registry, slots }: WorkerContext): Promise<void> {
  const now = parts.now();
  for (const schedule of registry.schedules) {
    const key = slotKey(schedule, now);
    if (slots.get(schedule) === key) continue;
    await parts.jobs.write(jobScope(key), (_trx, { enqueue }) =>
      enqueue(schedule.definition, schedule.payload, { uniqueKey: key }),
    );
    slots.set(schedule, key);
  }
}
