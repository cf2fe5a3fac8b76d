/**
 * Full-text search in SQLite (FTS5). Every row carries a token of its clinic, and every query demands it, so that
 * a search reads the postings of one clinic's words and never another clinic's row.
 */
import { sql } from 'kysely';
import type { SearchIndex } from './port.ts';

const clinicToken = (clinicId: string) => `clinic${clinicId.replaceAll('-', '')}`;

/** Words of letters and digits in any script; everything else separates. */
export const searchWords = (q: string): string[] => q.match(/[\p{L}\p{N}]+/gu) ?? [];

export const sqliteSearch: SearchIndex = {
  async put(trx, { num, clinicId, text }) {
    await sql`delete from cases_fts where rowid = ${num}`.execute(trx);
    await sql`insert into cases_fts (rowid, clinic, body) values (${num}, ${clinicToken(clinicId)}, ${text})`.execute(
      trx,
    );
  },
  matches(clinicId, q) {
    const words = searchWords(q).slice(0, 20);
    if (words.length === 0) return null;
    const terms = words.map((word, index) => `body:"${word}"${index === words.length - 1 ? '*' : ''}`);
    const query = [`clinic:"${clinicToken(clinicId)}"`, ...terms].join(' AND ');
    return sql<boolean>`cases.num in (select rowid from cases_fts where cases_fts match ${query})`;
  },
};
