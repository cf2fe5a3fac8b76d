/** Asking for work: rows in the caller's transaction, their ids to the carrier after its commit. */
import type { Config } from '../../config.ts';
import type { Database } from '../../seams/database/port.ts';
import type { Live } from '../../seams/live/port.ts';
import type { Jobs } from '../../seams/queue/job.ts';
import type { Carried, Carrier } from '../../seams/queue/port.ts';
import { describeError, type Log } from '../../telemetry/log.ts';
import { cancelJob, carriedOf, hastenJob, insertJob } from './table.ts';
import { timingOf } from './timing.ts';

/** Where running handlers hear that their job was cancelled: its id. A hint; the heartbeat reads the row. */
export const CANCELLED_CHANNEL = 'jobs:cancelled';

export type JobParts = {
  config: Config;
  database: Database;
  queue: Carrier;
  live: Live;
  log: Log;
  now: () => number;
};

/** Gives ids to the carrier. One that cannot be reached is no error: the sweep sends again. */
export async function dispatch({ queue, log }: Pick<JobParts, 'queue' | 'log'>, jobs: Carried[]) {
  if (jobs.length === 0) return;
  try {
    await queue.send(jobs);
  } catch (error) {
    log.warn(
      { jobs: jobs.length, error: describeError(error) },
      'the queue takes nothing: jobs wait for a sweep',
    );
  }
}

export function createJobs(parts: JobParts): Jobs {
  const { database, live, now } = parts;
  const { resendMs } = timingOf(parts.config.work);

  return {
    async write(scope, work) {
      let sent: Carried[] = [];
      let cancelled: string[] = [];
      const result = await database.write(scope, (trx) => {
        // The work may run again after a conflict: what its earlier run asked for never happened.
        sent = [];
        cancelled = [];
        return work(trx, {
          async enqueue(definition, payload, options = {}) {
            const time = now();
            const row = await insertJob(trx, definition, payload, options, { now: time, resendMs });
            if (row) sent.push(carriedOf(row, time));
            return row?.id ?? null;
          },
          async cancel(uniqueKey) {
            const id = await cancelJob(trx, uniqueKey, now());
            if (id) cancelled.push(id);
            return id !== null;
          },
          async hasten(uniqueKey) {
            const time = now();
            const row = await hastenJob(trx, uniqueKey, { now: time, resendMs });
            if (row) sent.push(carriedOf(row, time));
            return row !== null;
          },
        });
      });
      await dispatch(parts, sent);
      for (const id of cancelled) await live.publish(CANCELLED_CHANNEL, id);
      return result;
    },
  };
}
