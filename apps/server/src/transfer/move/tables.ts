/** Which tables there are and in which order they can be filled: read from the schema, so that none is forgotten. */
import type { DatabaseSync } from 'node:sqlite';

export type Table = { name: string; columns: string[]; key: string[] };

/** Not moved: made anew from what is moved, or each database's own. */
export const DERIVED = new Map([
  ['case_search', 'the search index is built anew'],
  ['case_search_docs', 'the search index is built anew'],
  ['leases', 'the processes that use the target take their own'],
  ['kysely_migration', 'each database keeps its own list of migrations'],
  ['kysely_migration_lock', 'each database keeps its own list of migrations'],
]);

/** FTS5 keeps its data in tables named after the virtual one. */
const isDerived = (name: string) =>
  DERIVED.has(name) || /^case_search_(config|content|data|docsize|idx)$/.test(name);

const text = (value: unknown) => String(value);

function describe(db: DatabaseSync, name: string): Table {
  const columns = db.prepare('select name, pk from pragma_table_info(?) order by cid').all(name);
  const key = columns.filter(({ pk }) => Number(pk) > 0).sort((a, b) => Number(a.pk) - Number(b.pk));
  return {
    name,
    columns: columns.map((column) => text(column.name)),
    key: key.map((column) => text(column.name)),
  };
}

/**
 * The tables to move, each after those that it refers to.
 * @throws Error when a table has no key, or tables refer to each other in a circle
 */
export function tablesOf(db: DatabaseSync): Table[] {
  const names = db
    .prepare("select name from sqlite_master where type = 'table' order by name")
    .all()
    .map(({ name }) => text(name))
    .filter((name) => !name.startsWith('sqlite_') && !isDerived(name));
  const waiting = new Map(names.map((name) => [name, targetsOf(db, name)]));
  const ordered: string[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].find(([, targets]) => targets.every((target) => !waiting.has(target)))?.[0];
    if (ready === undefined)
      throw new Error(`these tables refer to each other: ${[...waiting.keys()].join(', ')}`);
    ordered.push(ready);
    waiting.delete(ready);
  }
  const tables = ordered.map((name) => describe(db, name));
  const keyless = tables.find(({ key }) => key.length === 0);
  if (keyless) throw new Error(`the table ${keyless.name} has no primary key`);
  return tables;
}

const targetsOf = (db: DatabaseSync, name: string): string[] =>
  db
    .prepare('select distinct "table" as target from pragma_foreign_key_list(?)')
    .all(name)
    .map(({ target }) => text(target))
    .filter((target) => target !== name);
