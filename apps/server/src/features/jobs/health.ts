/** Is work moving? Plain numbers from the table, for health checks, gauges and administrators. */
import type { Executor } from '../../seams/database/port.ts';
import type { JobRow } from './table.ts';

export type QueueHealth = {
  /** Jobs that are not done, by state and type. */
  counts: { status: JobRow['status']; type: string; count: number }[];
  queued: number;
  running: number;
  dead: number;
  /** How long the oldest due job has waited; null when nothing is due. */
  oldestDueMs: number | null;
  /** When the last job of each type was done; null when none was. Milliseconds since 1970. */
  lastDone: { type: string; at: number | null }[];
};

/** How long the oldest due job has waited, in milliseconds; null when nothing is due. */
export async function oldestDueMs(db: Executor, now: number): Promise<number | null> {
  const row = await db
    .selectFrom('jobs')
    .select('run_at')
    .where('status', '=', 'queued')
    .where('run_at', '<=', now)
    .orderBy('run_at')
    .limit(1)
    .executeTakeFirst();
  return row ? now - row.run_at : null;
}

/** Workers look for due jobs every few seconds: what is due for that long, nobody takes. */
const UNATTENDED_MS = 60_000;

/** Whether work waits that no worker takes, as seen by a process that does none itself. */
export const isUnattended = async (db: Executor, now: number): Promise<boolean> =>
  ((await oldestDueMs(db, now)) ?? 0) > UNATTENDED_MS;

/** @param types job types whose last completion is asked for */
export async function queueHealth(db: Executor, now: number, types: string[]): Promise<QueueHealth> {
  const counts = await db
    .selectFrom('jobs')
    .select((eb) => ['status', 'type', eb.fn.countAll<number>().as('count')])
    .where('status', 'in', ['queued', 'running', 'dead'])
    .groupBy(['status', 'type'])
    .orderBy('status')
    .orderBy('type')
    .execute();
  const done = await Promise.all(types.map((type) => lastDone(db, type)));
  const sum = (status: JobRow['status']) =>
    counts.reduce((total, row) => total + (row.status === status ? Number(row.count) : 0), 0);
  return {
    counts: counts.map((row) => ({ ...row, count: Number(row.count) })),
    queued: sum('queued'),
    running: sum('running'),
    dead: sum('dead'),
    oldestDueMs: await oldestDueMs(db, now),
    lastDone: done,
  };
}

async function lastDone(db: Executor, type: string): Promise<{ type: string; at: number | null }> {
  const row = await db
    .selectFrom('jobs')
    .select('updated_at')
    .where('status', '=', 'done')
    .where('type', '=', type)
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { type, at: row?.updated_at ?? null };
}
