/**
 * Case search on tsvector. Every lexeme begins with a sign of the clinic, so a look-up in the index, also of a word's
 * beginning, touches the postings of that clinic only; rare words are found that way. For common ones PostgreSQL walks
 * the clinic's cases from the newest, as the key allows. Ids sort by time of creation.
 */
import { type Kysely, sql } from 'kysely';
import { idBound } from '../../ids.ts';
import type { CaseSearch } from './port.ts';
import { tagTerm, wantedWords, words } from './search-terms.ts';

export const postgresSearchMigration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // No ordered index on the case alone: PostgreSQL would walk through the cases of all clinics by it.
    await sql`create table case_search (
      clinic_id text not null, case_id text not null, terms tsvector not null, primary key (clinic_id, case_id)
    )`.execute(db);
    await sql`create index case_search_case on case_search using hash (case_id)`.execute(db);
    await sql`create index case_search_terms on case_search using gin (terms) with (fastupdate = off)`.execute(
      db,
    );
  },
};

/** Short, as it is stored with every lexeme; clinics that share it are still told apart by their ids. */
const signOf = (clinicId: string) => clinicId.slice(-8);

export const postgresSearch: CaseSearch = {
  async put(trx, { clinicId, caseId, text, tags }) {
    const sign = signOf(clinicId);
    const terms = [...new Set([...words(text), ...tags.map(tagTerm)])].map((term) => sign + term);
    await sql`insert into case_search (clinic_id, case_id, terms)
      values (${clinicId}, ${caseId}, array_to_tsvector(${terms}::text[]))
      on conflict (clinic_id, case_id) do update set terms = excluded.terms`.execute(trx);
  },

  async remove(trx, caseId) {
    await sql`delete from case_search where case_id = ${caseId}`.execute(trx);
  },

  async find(executor, { clinicId, text, tags = [], before, from, to, limit }) {
    const wanted = wantedWords(text);
    if (wanted.length === 0) return [];
    const sign = signOf(clinicId);
    // Letters, digits and the sign of a tag only: nothing in the quotes needs escaping.
    const beginnings = wanted.map((word) => `'${sign}${word}':*`);
    const match = [...beginnings, ...tags.map((tag) => `'${sign}${tagTerm(tag)}'`)].join(' & ');
    const { rows } = await sql<{ case_id: string }>`
      select case_id from case_search
      where clinic_id = ${clinicId} and terms @@ ${match}::tsquery
        ${before === undefined ? sql`` : sql`and case_id < ${before}`}
        ${from === undefined ? sql`` : sql`and case_id >= ${idBound(from)}`}
        ${to === undefined ? sql`` : sql`and case_id < ${idBound(to)}`}
      order by case_id desc limit ${limit}`.execute(executor);
    return rows.map((row) => row.case_id);
  },
};
