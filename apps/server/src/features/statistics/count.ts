/** The consumer of case events that keeps the statistics. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';
import type { CaseNotice } from '../../seams/events/port.ts';
import { fold, type Increment, UNKNOWN_SPECIES } from './fold.ts';

/** The consumer's name on the bus: it never changes, the bus keeps what it has not taken under it. */
const CONSUMER = 'statistics';
const DATABASE_RETRY_MS = 1_000;

/**
 * Counts the events of a case up to the one that is told, from where it stood: a repeat counts nothing, and what was
 * missed is made good. The notice has no content, so the events are read from the table.
 */
export async function count(trx: Executor, { caseId, clinicId, seq }: CaseNotice): Promise<void> {
  const counted = await trx
    .selectFrom('counted_cases')
    .select(['species', 'last_seq'])
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  const from = counted?.last_seq ?? 0;
  if (seq <= from) return;
  const events = await trx
    .selectFrom('case_events')
    .select(['seq', 'type', 'at', 'data'])
    .where('case_id', '=', caseId)
    .where('seq', '>', from)
    .where('seq', '<=', seq)
    .orderBy('seq')
    .execute();
  const { species, increments } = fold(counted?.species ?? UNKNOWN_SPECIES, events);
  const last_seq = events.at(-1)?.seq ?? from;
  for (const increment of increments) await add(trx, clinicId, increment);
  await trx
    .insertInto('counted_cases')
    .values({ case_id: caseId, clinic_id: clinicId, species, last_seq })
    .onConflict((conflict) => conflict.column('case_id').doUpdateSet({ species, last_seq }))
    .execute();
}

async function add(trx: Executor, clinicId: string, { day, species, counter }: Increment): Promise<void> {
  const none = { created: 0, signed: 0, deleted: 0, restored: 0, outcomes: 0 };
  await trx
    .insertInto('case_statistics')
    .values({ clinic_id: clinicId, day, species, ...none, [counter]: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['clinic_id', 'day', 'species'])
        .doUpdateSet((column) => ({ [counter]: column(`case_statistics.${counter}`, '+', 1) })),
    )
    .execute();
}

/** Counts whatever the bus tells, until stopped. */
export async function keepStatistics({ events, database }: Ports): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const { signal } = stopping;

  /** A database that is away is no fault of the notice: it must not be set aside for that. */
  async function untilReachable(): Promise<void> {
    while (!signal.aborted) {
      const reachable = await database.ping().then(
        () => true,
        () => false,
      );
      if (reachable) return;
      await sleep(DATABASE_RETRY_MS, undefined, { signal }).catch(() => {});
    }
  }

  const consumer = await events.consume(CONSUMER, async (notice) => {
    try {
      await database.write(notice.clinicId, (trx) => count(trx, notice));
    } catch (error) {
      await untilReachable();
      throw error;
    }
  });
  return {
    stop() {
      stopping.abort();
      return consumer.stop();
    },
  };
}
