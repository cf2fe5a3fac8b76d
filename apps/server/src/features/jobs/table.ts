/**
 * The job table: every change of a job's state is one guarded statement, so that of any number of processes exactly
 * one makes it. An attempt is named by the job's id and its `claims`, which only grow.
 */
import type { Selectable } from 'kysely';
import { newId } from '../../ids.ts';
import type { Executor } from '../../seams/database/port.ts';
import type { JobsTable } from '../../seams/database/schema.ts';
import type { EnqueueOptions, JobDefinition } from '../../seams/queue/job.ts';
import type { Carried } from '../../seams/queue/port.ts';

export type JobRow = Selectable<JobsTable>;
/** Names one attempt at a job. */
export type Attempt = Pick<JobRow, 'id' | 'claims'>;

/** A carrier's clock may be ahead of ours by that much. */
const EARLY_MS = 1000;

/** What the carrier is told of a queued row. */
export const carriedOf = (
  row: Pick<JobRow, 'id' | 'claims' | 'priority' | 'run_at'>,
  now: number,
): Carried => ({
  jobId: row.id,
  turn: row.claims,
  priority: row.priority,
  delayMs: Math.max(0, row.run_at - now),
});

/**
 * Writes a job.
 * @param resendMs after which a sweep gives it to the carrier again
 * @returns the row, or null when its unique key is taken
 */
export async function insertJob(
  trx: Executor,
  definition: JobDefinition,
  payload: unknown,
  { runAt, uniqueKey, priority }: EnqueueOptions,
  { now, resendMs }: { now: number; resendMs: number },
): Promise<JobRow | null> {
  const row = await trx
    .insertInto('jobs')
    .values({
      id: newId(now),
      type: definition.type,
      payload: JSON.stringify(definition.payload.parse(payload)),
      status: 'queued',
      priority: priority ?? definition.priority,
      attempts: 0,
      max_attempts: definition.maxAttempts,
      claims: 0,
      progress: 0,
      run_at: runAt ?? now,
      resend_at: Math.max(runAt ?? now, now) + resendMs,
      worker: null,
      lease_until: null,
      last_error: null,
      unique_key: uniqueKey ?? null,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('unique_key').doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Takes a due job for a worker; null when somebody else has it or there is nothing to do. */
export async function claimJob(
  trx: Executor,
  id: string,
  { worker, now, leaseMs }: { worker: string; now: number; leaseMs: number },
): Promise<JobRow | null> {
  const row = await trx
    .updateTable('jobs')
    .set((eb) => ({
      status: 'running' as const,
      worker,
      lease_until: now + leaseMs,
      attempts: eb('attempts', '+', 1),
      claims: eb('claims', '+', 1),
      updated_at: now,
    }))
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .where('run_at', '<=', now + EARLY_MS)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Says that a worker lives; answers the attempts that are still its own. */
export function renewLeases(
  trx: Executor,
  attempts: Attempt[],
  { worker, now, leaseMs }: { worker: string; now: number; leaseMs: number },
): Promise<Attempt[]> {
  return trx
    .updateTable('jobs')
    .set({ lease_until: now + leaseMs })
    .where('worker', '=', worker)
    .where('status', '=', 'running')
    .where(
      'id',
      'in',
      attempts.map(({ id }) => id),
    )
    .returning(['id', 'claims'])
    .execute();
}

const ofAttempt = (trx: Executor, { id, claims }: Attempt) =>
  trx.updateTable('jobs').where('id', '=', id).where('claims', '=', claims).where('status', '=', 'running');

async function changed(query: { executeTakeFirst(): Promise<{ numUpdatedRows: bigint }> }): Promise<boolean> {
  return (await query.executeTakeFirst()).numUpdatedRows > 0n;
}

/** @returns whether it was still this attempt's, as of all that follow */
export const completeJob = (trx: Executor, attempt: Attempt, now: number): Promise<boolean> =>
  changed(
    ofAttempt(trx, attempt).set({
      status: 'done',
      progress: 100,
      lease_until: null,
      last_error: null,
      updated_at: now,
    }),
  );

export const noteProgress = (trx: Executor, attempt: Attempt, progress: number): Promise<boolean> =>
  changed(ofAttempt(trx, attempt).set({ progress: Math.min(100, Math.max(0, progress)) }));

type Requeue = { runAt: number; resendMs: number; now: number; error: string | null; free: boolean };

/** Puts a job back. @param requeue.free gives the attempt back, as nothing was wrong with the job */
export const requeueJob = (
  trx: Executor,
  attempt: Attempt,
  { runAt, resendMs, now, error, free }: Requeue,
): Promise<boolean> =>
  changed(
    ofAttempt(trx, attempt).set((eb) => ({
      status: 'queued' as const,
      attempts: free ? eb('attempts', '-', 1) : eb.ref('attempts'),
      run_at: runAt,
      resend_at: Math.max(runAt, now) + resendMs,
      worker: null,
      lease_until: null,
      last_error: error ?? eb.ref('last_error'),
      updated_at: now,
    })),
  );

/** Gives a job up. */
export const buryJob = (trx: Executor, attempt: Attempt, reason: string, now: number): Promise<boolean> =>
  changed(
    ofAttempt(trx, attempt).set({
      status: 'dead',
      lease_until: null,
      last_error: reason,
      updated_at: now,
    }),
  );

/** Cancels what waits or runs; answers its id. */
export async function cancelJob(trx: Executor, uniqueKey: string, now: number): Promise<string | null> {
  const row = await trx
    .updateTable('jobs')
    .set({ status: 'cancelled', lease_until: null, updated_at: now })
    .where('unique_key', '=', uniqueKey)
    .where('status', 'in', ['queued', 'running'])
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Makes what waits for a later time due now. A turn further, or a carrier would think that it has the id already. */
export async function hastenJob(
  trx: Executor,
  uniqueKey: string,
  { now, resendMs }: { now: number; resendMs: number },
): Promise<Pick<JobRow, 'id' | 'claims' | 'priority' | 'run_at'> | null> {
  const row = await trx
    .updateTable('jobs')
    .set((eb) => ({ run_at: now, resend_at: now + resendMs, claims: eb('claims', '+', 1), updated_at: now }))
    .where('unique_key', '=', uniqueKey)
    .where('status', '=', 'queued')
    .where('run_at', '>', now)
    .returning(['id', 'claims', 'priority', 'run_at'])
    .executeTakeFirst();
  return row ?? null;
}

/** Due jobs that nobody took up in time: the carrier lost them, or has many. Marks them as sent now. */
export function takeUnsent(
  trx: Executor,
  { now, resendMs, limit }: { now: number; resendMs: number; limit: number },
) {
  return trx
    .updateTable('jobs')
    .set({ resend_at: now + resendMs })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('jobs')
        .select('id')
        .where('status', '=', 'queued')
        .where('resend_at', '<=', now)
        .orderBy('resend_at')
        .limit(limit),
    )
    .where('status', '=', 'queued')
    .returning(['id', 'claims', 'priority', 'run_at'])
    .execute();
}

/** Jobs whose worker no longer says that it lives. */
export const findExpired = (db: Executor, now: number, limit: number): Promise<JobRow[]> =>
  db
    .selectFrom('jobs')
    .selectAll()
    .where('status', '=', 'running')
    .where('lease_until', '<', now)
    .orderBy('lease_until')
    .limit(limit)
    .execute();

/** Removes jobs that ended well, or were cancelled, before a time; answers how many. Dead ones stay for people. */
export async function purgeJobs(trx: Executor, before: number): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('jobs')
    .where('status', 'in', ['done', 'cancelled'])
    .where('updated_at', '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
