/**
 * Read tables from events: what the events of a case say is compared with the rows that are there, and only what
 * differs is written. Nothing is emptied first, so the program goes on working, and a rebuild that is killed leaves
 * every case either as it was or as it should be.
 */
import type { Database, Executor } from '../../seams/database/port.ts';
import { isIntact, type StoredEvent, storedEvents } from './chain.ts';
import type { CaseEvent } from './events.ts';
import { type CaseRows, fold, insertCase, refreshPatient, removeCase } from './projection.ts';
import { indexCase, isIndexed } from './search.ts';

export type Difference = {
  table: 'case_events' | 'cases' | 'addenda' | 'attachments' | 'patients' | 'case_search' | 'case_statistics';
  id: string;
  /** `altered`: events that are not as they were written; `orphan`: rows without events. Neither is repaired. */
  kind: 'missing' | 'different' | 'extra' | 'altered' | 'orphan';
};

type Row = { id: string };

/** By columns, whatever their order. */
export const sameRow = (one: object, other: object): boolean => {
  const sorted = (row: object) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
};

function compare(table: Difference['table'], expected: Row[], actual: Row[]): Difference[] {
  const known = new Map(actual.map((row) => [row.id, row]));
  const wanted = new Set(expected.map(({ id }) => id));
  const differences: Difference[] = [];
  for (const row of expected) {
    const there = known.get(row.id);
    if (!there) differences.push({ table, id: row.id, kind: 'missing' });
    else if (!sameRow(row, there)) differences.push({ table, id: row.id, kind: 'different' });
  }
  for (const { id } of actual) if (!wanted.has(id)) differences.push({ table, id, kind: 'extra' });
  return differences;
}

const toEvent = (clinicId: string, { data, caseId, seq, type, actor, at }: StoredEvent) =>
  ({ caseId, clinicId, seq, type, actor, at, data: JSON.parse(data) }) as CaseEvent;

async function rowsThere(trx: Executor, id: string): Promise<CaseRows> {
  const of = (table: 'addenda' | 'attachments') => trx.selectFrom(table).where('case_id', '=', id);
  return {
    case: (await trx.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst()) ?? null,
    addenda: (await of('addenda').selectAll('addenda').execute()) as CaseRows['addenda'],
    attachments: (await of('attachments').selectAll('attachments').execute()) as CaseRows['attachments'],
  };
}

/**
 * Compares the rows of a case with its events; in a transaction of its clinic.
 * @param repair writes what differs; the search entry is always made anew then
 */
export async function rebuildCase(
  database: Database,
  trx: Executor,
  { id, clinicId, repair }: { id: string; clinicId: string; repair: boolean },
): Promise<Difference[]> {
  const stored = await storedEvents(trx, id);
  // A rebuild from altered events would carry the alteration on.
  if (!isIntact(stored)) return [{ table: 'case_events', id, kind: 'altered' }];
  const expected = fold(stored.map((event) => toEvent(clinicId, event)));
  const actual = await rowsThere(trx, id);
  const differences = [
    ...compare('cases', expected.case ? [expected.case] : [], actual.case ? [actual.case] : []),
    ...compare('addenda', expected.addenda, actual.addenda),
    ...compare('attachments', expected.attachments, actual.attachments),
  ];
  if (repair && differences.length > 0) await write(trx, id, expected);
  return [...differences, ...(await rebuildSearch(database, trx, id, expected, repair))];
}

async function write(trx: Executor, id: string, expected: CaseRows): Promise<void> {
  if (!expected.case) return removeCase(trx, id);
  const { numUpdatedRows } = await trx
    .updateTable('cases')
    .set(expected.case)
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) await insertCase(trx, expected.case);
  // Nothing refers to these two.
  await trx.deleteFrom('addenda').where('case_id', '=', id).execute();
  for (const row of expected.addenda) await trx.insertInto('addenda').values(row).execute();
  await trx.deleteFrom('attachments').where('case_id', '=', id).execute();
  for (const row of expected.attachments) await trx.insertInto('attachments').values(row).execute();
}

async function rebuildSearch(
  database: Database,
  trx: Executor,
  id: string,
  expected: CaseRows,
  repair: boolean,
): Promise<Difference[]> {
  const findable = expected.case !== null && expected.case.deleted_at === null;
  if (!findable) {
    if (repair) await database.search.remove(trx, id);
    return [];
  }
  const indexed = await isIndexed(database, trx, id);
  if (repair) await indexCase(database, trx, id);
  return indexed ? [] : [{ table: 'case_search', id, kind: 'missing' }];
}

/** Compares the clinic's patients with its cases, which must be right already. */
export async function rebuildPatients(
  trx: Executor,
  clinicId: string,
  repair: boolean,
): Promise<Difference[]> {
  const cases = await trx
    .selectFrom('cases')
    .select(['patient_id', 'patient_name', 'species', 'breed', 'sex', 'created_at', 'updated_at'])
    .where('clinic_id', '=', clinicId)
    .orderBy('id')
    .execute();
  const expected = new Map<string, Row>();
  const firstAt = new Map<string, number>();
  for (const { patient_id, patient_name, created_at, ...animal } of cases) {
    const first = Math.min(firstAt.get(patient_id) ?? created_at, created_at);
    firstAt.set(patient_id, first);
    const row = { id: patient_id, clinic_id: clinicId, name: patient_name, created_at: first, ...animal };
    expected.set(patient_id, row);
  }
  const actual = await trx.selectFrom('patients').selectAll().where('clinic_id', '=', clinicId).execute();
  const differences = compare('patients', [...expected.values()], actual);
  if (repair) for (const { id } of differences) await refreshPatient(trx, id);
  return differences;
}

/** Rows of cases that no event made. */
export async function orphans(trx: Executor, clinicId: string): Promise<Difference[]> {
  const rows = await trx
    .selectFrom('cases')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('case_events').select('seq').whereRef('case_id', '=', 'cases.id'))),
    )
    .execute();
  return rows.map(({ id }) => ({ table: 'cases', id, kind: 'orphan' }));
}

/** Every case that the clinic ever had. */
export async function caseIds(db: Executor, clinicId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('case_events')
    .select('case_id')
    .where('clinic_id', '=', clinicId)
    .where('seq', '=', 1)
    .orderBy('case_id')
    .execute();
  return rows.map((row) => row.case_id);
}
