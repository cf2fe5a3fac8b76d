/**
 * Case search on tsvector. Every lexeme begins with the clinic's id, so a look-up in the index, also of a word's
 * beginning, touches the postings of that clinic only. Ids sort by time of creation: the newest come first.
 */
import { type Kysely, sql } from 'kysely';
import { idBound } from '../../ids.ts';
import type { CaseSearch } from './port.ts';
import { clinicPrefix, tagTerm, wantedWords, words } from './search-terms.ts';

export const postgresSearchMigration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create table case_search (
      case_id text primary key, clinic_id text not null, terms tsvector not null
    )`.execute(db);
    await sql`create index case_search_terms on case_search using gin (terms) with (fastupdate = off)`.execute(
      db,
    );
    await sql`create index case_search_newest on case_search (clinic_id, case_id)`.execute(db);
  },
};

export const postgresSearch: CaseSearch = {
  async put(trx, { clinicId, caseId, text, tags }) {
    const prefix = clinicPrefix(clinicId);
    const terms = [...new Set([...words(text), ...tags.map(tagTerm)])].map((term) => prefix + term);
    await sql`insert into case_search (case_id, clinic_id, terms)
      values (${caseId}, ${clinicId}, array_to_tsvector(${terms}::text[]))
      on conflict (case_id) do update set clinic_id = excluded.clinic_id, terms = excluded.terms`.execute(
      trx,
    );
  },

  async remove(trx, caseId) {
    await sql`delete from case_search where case_id = ${caseId}`.execute(trx);
  },

  async find(executor, { clinicId, text, tags = [], before, from, to, limit }) {
    const wanted = wantedWords(text);
    if (wanted.length === 0) return [];
    const prefix = clinicPrefix(clinicId);
    // Letters, digits and the sign of a tag only: nothing in the quotes needs escaping.
    const beginnings = wanted.map((word) => `'${prefix}${word}':*`);
    const match = [...beginnings, ...tags.map((tag) => `'${prefix}${tagTerm(tag)}'`)].join(' & ');
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
