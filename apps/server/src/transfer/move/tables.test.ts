import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqliteDatabase } from '../../seams/database/sqlite.ts';
import { connectReadOnly, fingerprint } from '../read-only.ts';
import { DERIVED, tablesOf } from './tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'mozarela-move-tables-'));
const file = join(folder, 'mozarela.db');

beforeAll(async () => {
  const database = sqliteDatabase(folder);
  await database.migrate();
  await database.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('what is moved', () => {
  it('is every table of the migrated schema that is not made anew', () => {
    const db = connectReadOnly(file);
    const moved = tablesOf(db).map(({ name }) => name);
    const all = db
      .prepare("select name from sqlite_master where type = 'table'")
      .all()
      .map(({ name }) => String(name));
    db.close();
    expect(moved.filter((name) => DERIVED.has(name))).toEqual([]);
    expect(moved.length).toBeGreaterThan(16);
    const shadows = /^case_search_(config|content|data|docsize|idx)$|^sqlite_/;
    expect(all.filter((name) => !moved.includes(name) && !DERIVED.has(name) && !shadows.test(name))).toEqual(
      [],
    );
  });

  it('comes after what it refers to', () => {
    const db = connectReadOnly(file);
    const moved = tablesOf(db).map(({ name }) => name);
    const links = moved.flatMap((name) =>
      db
        .prepare('select "table" as target from pragma_foreign_key_list(?)')
        .all(name)
        .map(({ target }) => [name, String(target)] as const),
    );
    db.close();
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter(([name, target]) => moved.indexOf(target) > moved.indexOf(name))).toEqual([]);
  });
});

describe('reading', () => {
  it('leaves a file in WAL mode, and the folder around it, as they were', () => {
    const state = () => [
      readdirSync(folder).sort(),
      createHash('sha256').update(readFileSync(file)).digest('hex'),
      fingerprint(file),
    ];
    const before = state();
    const db = connectReadOnly(file);
    expect(db.prepare('select count(*) as n from users').get()?.n).toBe(0);
    expect(() => db.exec('delete from users')).toThrow(/readonly/);
    db.close();
    expect(state()).toEqual(before);
  });

  it('notices a write', async () => {
    const before = fingerprint(file);
    const database = sqliteDatabase(folder);
    await database.write('accounts', (trx) =>
      trx.insertInto('clinics').values({ id: 'x', name: 'Clinic', created_at: 1 }).execute(),
    );
    expect(fingerprint(file)).not.toBe(before);
    await database.close();
    expect(fingerprint(file)).not.toBe(before);
  });
});
