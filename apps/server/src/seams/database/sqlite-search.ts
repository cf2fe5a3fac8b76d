/**
 * Case search on FTS5. Every indexed term begins with the clinic's id, so a look-up, also of a word's beginning,
 * touches the postings of that clinic only; the prefix index is for one and two letters after those 32. Document
 * numbers grow with the time of creation (the first 60 bits of the UUIDv7), so the newest matches are read first
 * and no result is ever sorted.
 */
import { type Kysely, sql } from 'kysely';
import { idTime } from '../../ids.ts';
import type { CaseSearch, Executor } from './port.ts';
import { tagTerm, wantedWords, words } from './search-terms.ts';

export const sqliteSearchMigration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create virtual table case_search using fts5 (
      terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '33 34'
    )`.execute(db);
    await sql`create table case_search_docs (doc integer primary key, case_id text not null unique)`.execute(
      db,
    );
  },
};

const prefixOf = (clinicId: string) => clinicId.replaceAll('-', '');

/** 48 bits of time and the 12 bits after the version: below 2^53 until the year 2039, and 64 bits in SQLite anyway. */
const docAt = (ms: number) => ms * 4096;
const docOf = (caseId: string) => docAt(idTime(caseId)) + Number.parseInt(caseId.slice(15, 18), 16);

async function removeDoc(trx: Executor, caseId: string): Promise<void> {
  await sql`delete from case_search where rowid = (select doc from case_search_docs where case_id = ${caseId})`.execute(
    trx,
  );
}

/** Two cases of one millisecond may want the same number: the later one takes the next free one. */
async function takeDoc(trx: Executor, caseId: string): Promise<number> {
  for (let doc = docOf(caseId); ; doc += 1) {
    const { numAffectedRows } =
      await sql`insert into case_search_docs (doc, case_id) values (${doc}, ${caseId})
      on conflict do nothing`.execute(trx);
    if (numAffectedRows === 1n) return doc;
    const { rows } = await sql<{
      doc: number;
    }>`select doc from case_search_docs where case_id = ${caseId}`.execute(trx);
    if (rows[0]) return rows[0].doc;
  }
}

export const sqliteSearch: CaseSearch = {
  async put(trx, { clinicId, caseId, text, tags }) {
    const doc = await takeDoc(trx, caseId);
    const prefix = prefixOf(clinicId);
    const terms = [...new Set([...words(text), ...tags.map(tagTerm)])].map((term) => prefix + term).join(' ');
    await sql`insert or replace into case_search (rowid, terms) values (${doc}, ${terms})`.execute(trx);
  },

  async remove(trx, caseId) {
    await removeDoc(trx, caseId);
    await sql`delete from case_search_docs where case_id = ${caseId}`.execute(trx);
  },

  async find(executor, { clinicId, text, tags = [], before, from, to, limit }) {
    const wanted = wantedWords(text);
    if (wanted.length === 0) return [];
    const prefix = prefixOf(clinicId);
    const beginnings = wanted.map((word) => `"${prefix}${word}"*`);
    const match = [...beginnings, ...tags.map((tag) => `"${prefix}${tagTerm(tag)}"`)].join(' AND ');
    const lower = from === undefined ? 0 : docAt(from);
    const upper = to === undefined ? Number.MAX_SAFE_INTEGER : docAt(to);
    const cursor =
      before === undefined
        ? sql`${upper}`
        : sql`min(${upper}, coalesce((select doc from case_search_docs where case_id = ${before}), ${docOf(before)}))`;
    const { rows } = await sql<{ case_id: string }>`
      select case_id from case_search join case_search_docs on doc = case_search.rowid
      where case_search match ${match} and case_search.rowid >= ${lower} and case_search.rowid < ${cursor}
      order by case_search.rowid desc limit ${limit}`.execute(executor);
    return rows.map((row) => row.case_id);
  },
};
