/** What is no longer of use goes away hourly: sessions that ended, old links, old idempotency keys, jobs long done. */
import { z } from 'zod';
import { purgeJobs } from './features/jobs/table.ts';
import { IDEMPOTENCY_MS } from './http/once.ts';
import { DAY_MS } from './lib/time.ts';
import type { Ports } from './ports.ts';
import { ACCOUNTS, type Executor } from './seams/database/port.ts';
import { defineJob, type JobHandler } from './seams/queue/job.ts';

/** A used or expired link is kept for a month, so that "who reset this?" has an answer. */
const RESETS_KEPT_MS = 30 * DAY_MS;
/** Long enough to see what ran, and for unique keys to have done their work. */
const JOBS_KEPT_MS = 7 * DAY_MS;

export const cleanUp = defineJob({
  type: 'system.clean-up',
  payload: z.strictObject({}),
  maxAttempts: 3,
  priority: 9,
  timeoutMs: 10 * 60 * 1000,
  backoff: { firstMs: 30_000, maxMs: 5 * 60 * 1000 },
  scope: () => ACCOUNTS,
});

/** Removes what has expired by now; answers how many rows of each. */
export async function clean(trx: Executor, time: number): Promise<Record<string, number>> {
  const sessions = await trx.deleteFrom('sessions').where('expires_at', '<=', time).executeTakeFirst();
  const resets = await trx
    .deleteFrom('password_resets')
    .where('expires_at', '<', time - RESETS_KEPT_MS)
    .executeTakeFirst();
  const keys = await trx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', time - IDEMPOTENCY_MS)
    .executeTakeFirst();
  return {
    sessions: Number(sessions.numDeletedRows),
    resets: Number(resets.numDeletedRows),
    idempotencyKeys: Number(keys.numDeletedRows),
    jobs: await purgeJobs(trx, time - JOBS_KEPT_MS),
  };
}

export const cleanUpHandler = ({ log, now }: Ports): JobHandler => ({
  async run(job) {
    const removed = await job.finish((trx) => clean(trx, now()));
    log.debug({ removed }, 'cleaned up');
  },
});
