import { type RawBuilder, sql } from 'kysely';

/** Whether a column holds a text, without regard to case. SQLite has no escape character unless one is named. */
export function contains(column: string, text: string): RawBuilder<boolean> {
  const part = text
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&');
  return sql<boolean>`lower(${sql.ref(column)}) like ${`%${part}%`} escape '\\'`;
}
