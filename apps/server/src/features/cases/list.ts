/** A clinic's list of cases: by page, filter and search. */
import type { CaseSummary } from '@mozarela/contract/cases';
import { idBound, idTime } from '../../ids.ts';
import { byId, type Page, pageOf } from '../../lib/page.ts';
import { HOUR_MS } from '../../lib/time.ts';
import type { Database, Executor } from '../../seams/database/port.ts';
import { selectSummaries, sharedFields } from './queries.ts';

const EXCERPT_LENGTH = 160;
/** Matches that one search is asked for at most, when most of those before were filtered out. */
const LARGEST_SEARCH = 1000;
/** The time in a case's id is when it was made, or later by as much as the clock was put back (ids.ts). */
const AHEAD_MS = HOUR_MS;

export type CaseFilter = {
  q?: string;
  species?: string;
  patientId?: string;
  /** Milliseconds, inclusive. */
  from?: number;
  /** Milliseconds, exclusive. */
  to?: number;
  limit: number;
  /** Id of the last case of the page before. */
  cursor?: string;
};

/** One page of a clinic's cases, newest first; `q` through the full-text index. */
export async function listCases(
  database: Database,
  clinicId: string,
  filter: CaseFilter,
): Promise<Page<CaseSummary>> {
  const { q, limit } = filter;
  const db = database.read(clinicId);
  const searched = q?.trim();
  const rows = searched
    ? await searchRows(database, db, clinicId, { ...filter, q: searched })
    : await newestRows(db, clinicId, filter);
  return pageOf(rows, limit, (row) => ({ ...sharedFields(row), excerpt: row.excerpt }), byId);
}

/**
 * What the filters leave of the clinic's cases, but for `q`, `cursor` and the order. Order and indexes go by id: the
 * times are bounds of the id too, or a page of last year would walk there from today.
 */
function selectFiltered(db: Executor, clinicId: string, { species, patientId, from, to }: CaseFilter) {
  let query = selectSummaries(db)
    .select((select) =>
      select
        .fn<string>('substr', ['cases.clinical_signs', select.val(1), select.val(EXCERPT_LENGTH)])
        .as('excerpt'),
    )
    .where('cases.clinic_id', '=', clinicId)
    .where('cases.deleted_at', 'is', null);
  if (species) query = query.where('cases.species', '=', species);
  if (patientId) query = query.where('cases.patient_id', '=', patientId);
  if (from !== undefined)
    query = query.where('cases.created_at', '>=', from).where('cases.id', '>=', idBound(from));
  if (to !== undefined)
    query = query.where('cases.created_at', '<', to).where('cases.id', '<', idBound(to + AHEAD_MS));
  return query;
}

type Row = Awaited<ReturnType<ReturnType<typeof selectFiltered>['execute']>>[number];

/** One more than the page holds, when there are so many. */
function newestRows(db: Executor, clinicId: string, filter: CaseFilter): Promise<Row[]> {
  const query = selectFiltered(db, clinicId, filter)
    .orderBy('cases.id', 'desc')
    .limit(filter.limit + 1);
  return (filter.cursor ? query.where('cases.id', '<', filter.cursor) : query).execute();
}

/**
 * Matches of `q` that pass the filters, more than the page's limit when there are more. The index knows words, species
 * and times only, and may have entries whose case is gone: it is asked on until enough are left, for more each time.
 */
async function searchRows(
  database: Database,
  db: Executor,
  clinicId: string,
  filter: CaseFilter & { q: string },
): Promise<Row[]> {
  const { q, species, patientId, limit } = filter;
  let { from } = filter;
  const to = filter.to === undefined ? undefined : filter.to + AHEAD_MS;
  if (patientId) {
    const first = await firstCaseOf(db, clinicId, patientId);
    if (first === null) return [];
    // Nothing older than the patient's first case can be the patient's.
    from = Math.max(from ?? 0, idTime(first));
  }
  const query = { clinicId, text: q, tags: species ? [`species:${species}`] : [], from, to };
  const rows: Row[] = [];
  let before = filter.cursor;
  for (let size = limit + 1; ; size = Math.min(2 * size, LARGEST_SEARCH)) {
    const found = await database.search.find(db, { ...query, before, limit: size });
    rows.push(...(await rowsOf(db, clinicId, filter, found)));
    if (rows.length > limit || found.length < size) return rows;
    before = found.at(-1);
  }
}

/** In the order of the ids, which is what the next search goes by. */
async function rowsOf(db: Executor, clinicId: string, filter: CaseFilter, ids: string[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  const rows = await selectFiltered(db, clinicId, filter).where('cases.id', 'in', ids).execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => known.get(id) ?? []);
}

async function firstCaseOf(db: Executor, clinicId: string, patientId: string): Promise<string | null> {
  const row = await db
    .selectFrom('cases')
    .select('id')
    .where('patient_id', '=', patientId)
    .where('clinic_id', '=', clinicId)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}
