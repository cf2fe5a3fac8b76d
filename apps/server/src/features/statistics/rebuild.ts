/** The statistics of a clinic from its events. */
import type { Executor } from '../../seams/database/port.ts';
import { COUNTERS, type CountedEvent, fold, UNKNOWN_SPECIES } from './fold.ts';

const BATCH = 200;

type Day = { day: string; species: string; created: number; signed: number; deleted: number } & {
  restored: number;
  outcomes: number;
};
type Counted = { species: string; last_seq: number };

const keyOf = ({ day, species }: { day: string; species: string }) => `${day} ${species}`;

/**
 * Compares what is counted with the events; in a transaction of the clinic.
 * @param ids all cases that the clinic ever had
 * @param repair counts anew, all events; else what no consumer has been told yet is no difference
 * @returns a name for each day and species that differs
 */
export async function rebuildStatistics(
  trx: Executor,
  clinicId: string,
  ids: string[],
  repair: boolean,
): Promise<string[]> {
  const days = new Map<string, Day>();
  const counted: (Counted & { case_id: string })[] = [];
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const limits = repair ? new Map<string, number>() : await countedSoFar(trx, batch);
    for (const [id, events] of await eventsOf(trx, batch)) {
      const until = repair ? Number.POSITIVE_INFINITY : (limits.get(id) ?? 0);
      const told = events.filter(({ seq }) => seq <= until);
      const { species, increments } = fold(UNKNOWN_SPECIES, told);
      if (told.length > 0) counted.push({ case_id: id, species, last_seq: told.at(-1)!.seq });
      for (const { counter, ...key } of increments) {
        const day = days.get(keyOf(key)) ?? {
          ...key,
          created: 0,
          signed: 0,
          deleted: 0,
          restored: 0,
          outcomes: 0,
        };
        day[counter] += 1;
        days.set(keyOf(key), day);
      }
    }
  }
  const differences = await compareDays(trx, clinicId, days);
  if (repair) await replace(trx, clinicId, [...days.values()], counted);
  return differences;
}

async function countedSoFar(trx: Executor, ids: string[]): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('counted_cases')
    .select(['case_id', 'last_seq'])
    .where('case_id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.case_id, row.last_seq]));
}

async function eventsOf(trx: Executor, ids: string[]): Promise<Map<string, CountedEvent[]>> {
  const rows = await trx
    .selectFrom('case_events')
    .select(['case_id', 'seq', 'type', 'at', 'data'])
    .where('case_id', 'in', ids)
    .orderBy('case_id')
    .orderBy('seq')
    .execute();
  return Map.groupBy(rows, (row) => row.case_id);
}

async function compareDays(trx: Executor, clinicId: string, days: Map<string, Day>): Promise<string[]> {
  const rows = await trx
    .selectFrom('case_statistics')
    .select(['day', 'species', ...COUNTERS])
    .where('clinic_id', '=', clinicId)
    .execute();
  const actual = new Map(rows.map((row) => [keyOf(row), row]));
  const same = (one: Day | undefined, other: Day | undefined) =>
    COUNTERS.every((counter) => one?.[counter] === other?.[counter]);
  return [...new Set([...days.keys(), ...actual.keys()])].filter(
    (key) => !same(days.get(key), actual.get(key)),
  );
}

async function replace(
  trx: Executor,
  clinicId: string,
  days: Day[],
  counted: (Counted & { case_id: string })[],
): Promise<void> {
  for (const table of ['case_statistics', 'counted_cases'] as const)
    await trx.deleteFrom(table).where('clinic_id', '=', clinicId).execute();
  for (let start = 0; start < days.length; start += BATCH)
    await trx
      .insertInto('case_statistics')
      .values(days.slice(start, start + BATCH).map((day) => ({ clinic_id: clinicId, ...day })))
      .execute();
  for (let start = 0; start < counted.length; start += BATCH)
    await trx
      .insertInto('counted_cases')
      .values(counted.slice(start, start + BATCH).map((row) => ({ clinic_id: clinicId, ...row })))
      .execute();
}
