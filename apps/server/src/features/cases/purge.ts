/** What was deleted long ago goes for good: the case, what belongs to it, and the content of its events. */
import { z } from 'zod';
import { DAY_MS } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS, type Executor } from '../../seams/database/port.ts';
import { defineJob, type JobHandler } from '../../seams/queue/job.ts';
import { erased } from './chain.ts';
import { announce, append, type EventOf } from './events.ts';

/** So long can a deletion be undone. */
export const RESTORABLE_MS = 30 * DAY_MS;
const BATCH = 100;

export const purgeCases = defineJob({
  type: 'cases.purge',
  payload: z.strictObject({}),
  maxAttempts: 3,
  priority: 9,
  timeoutMs: 60 * 60 * 1000,
  backoff: { firstMs: 60_000, maxMs: 10 * 60 * 1000 },
});

export const purgeHandler = (ports: Ports): JobHandler => ({
  async run({ signal }) {
    const purged = await purgeDeleted(ports, signal);
    if (purged > 0) ports.log.info({ purged }, 'purged deleted cases');
  },
});

/** Purges every case that was deleted more than 30 days ago; safe to end at any moment. @returns how many */
export async function purgeDeleted(ports: Ports, signal?: AbortSignal): Promise<number> {
  let purged = 0;
  for (;;) {
    const due = await ports.database
      .read(ACCOUNTS)
      .selectFrom('cases')
      .select(['id', 'clinic_id'])
      .where('deleted_at', '<', ports.now() - RESTORABLE_MS)
      .orderBy('deleted_at')
      .limit(BATCH)
      .execute();
    for (const { id, clinic_id } of due) {
      signal?.throwIfAborted();
      const event = await ports.database.write(clinic_id, (trx) => purge(ports, trx, id));
      if (!event) continue;
      announce(ports, event);
      purged += 1;
    }
    if (due.length < BATCH) return purged;
  }
}

/** Null when the case was restored meanwhile. */
async function purge(
  { database, now }: Ports,
  trx: Executor,
  id: string,
): Promise<EventOf<'case.purged'> | null> {
  const at = now();
  const row = await trx
    .selectFrom('cases')
    .select(['clinic_id', 'version'])
    .where('id', '=', id)
    .where('deleted_at', '<', at - RESTORABLE_MS)
    .executeTakeFirst();
  if (!row) return null;
  await eraseContent(trx, id);
  const event: EventOf<'case.purged'> = {
    type: 'case.purged',
    caseId: id,
    clinicId: row.clinic_id,
    seq: row.version + 1,
    actor: null,
    at,
    data: {},
  };
  await append(trx, event);
  await database.search.remove(trx, id);
  return event;
}

async function eraseContent(trx: Executor, id: string): Promise<void> {
  const events = await trx
    .selectFrom('case_events')
    .select(['seq', 'data'])
    .where('case_id', '=', id)
    .where('data', '!=', '{}')
    .execute();
  for (const { seq, data } of events)
    await trx
      .updateTable('case_events')
      .set({ data: erased(data) })
      .where('case_id', '=', id)
      .where('seq', '=', seq)
      .execute();
}
