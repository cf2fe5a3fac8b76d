import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseRecord, CaseSummary } from '@mozarela/contract/cases';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../../test/harness.ts';
import { buildLegacyDatabase, CLEAR_PASSWORD, LEGACY_PASSWORD } from '../../../test/legacy-database.ts';
import { ACCOUNTS, type Database } from '../../seams/database/port.ts';
import { sqliteDatabase } from '../../seams/database/sqlite.ts';
import { legacyImportContract } from './contract.ts';
import { importLegacy } from './import.ts';
import { openLegacy } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'mozarela-import-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

let databases = 0;
legacyImportContract('sqlite', async () => {
  databases += 1;
  const database = sqliteDatabase(join(folder, String(databases)));
  await database.migrate();
  return database;
});

describe('an imported installation', () => {
  let app: App;
  let database: Database;
  beforeAll(async () => {
    const file = join(folder, 'legacy.db');
    buildLegacyDatabase(file);
    app = await startApp();
    database = sqliteDatabase(app.dataDir);
    const source = openLegacy(file);
    const report = await importLegacy(database, source, {
      joinClinics: false,
      now: Date.now(),
      progress: () => {},
    });
    report.close();
    source.close();
  });
  afterAll(async () => {
    await database.close();
    await app.close();
  });

  const hashOf = async (email: string) =>
    (
      await database
        .read(ACCOUNTS)
        .selectFrom('users')
        .select('password_hash')
        .where('email', '=', email)
        .executeTakeFirstOrThrow()
    ).password_hash;

  const signIn = async (email: string, password: string) => {
    const client = app.client();
    const { status, body } = await client.post<{ csrfToken: string }>('/api/auth/login', { email, password });
    client.csrfToken = body.csrfToken;
    return { client, status };
  };

  it('takes the old password and stores it better from then on', async () => {
    const email = 'Ana@clinic.example';
    const stored = await hashOf('ana@clinic.example');
    expect((await signIn(email, `${LEGACY_PASSWORD}x`)).status).toBe(401);
    expect(await hashOf('ana@clinic.example')).toBe(stored);
    expect((await signIn(email, LEGACY_PASSWORD)).status).toBe(200);
    const renewed = await hashOf('ana@clinic.example');
    expect(renewed).toMatch(/^\$argon2id\$/);
    expect((await signIn(email, LEGACY_PASSWORD)).status).toBe(200);
    expect(await hashOf('ana@clinic.example')).toBe(renewed);
  });

  it('takes a password that was stored in clear, and none of an account that had none', async () => {
    expect((await signIn('clear@clinic.example', CLEAR_PASSWORD)).status).toBe(200);
    for (const password of ['null', '12345678', '[password removed]'])
      expect((await signIn('number@clinic.example', password)).status).toBe(401);
  });

  it('shows the cases, their results and their history, and finds them', async () => {
    const { client } = await signIn('ana@clinic.example', LEGACY_PASSWORD);
    const list = await client.get<{ items: CaseSummary[] }>('/api/cases?q=zebrawood');
    expect(list.body.items).toHaveLength(1);
    const [found] = list.body.items;
    expect(found?.latestAnalysis).toMatchObject({ engine: 'ai', top: [{ name: 'Hypoadrenocorticism' }] });
    const path = `/api/cases/${found?.id}`;
    expect((await client.get<CaseRecord>(path)).body.clinicalSigns).toBe('Ravenous zebrawood appetite.');
    const history = await client.get<{ items: unknown[] }>(`${path}/events`);
    expect(history.body.items).toMatchObject([{ type: 'case.created', actor: { fullName: 'Vet u-ana' } }]);
    const analysis = await client.get(`/api/analyses/${found?.latestAnalysis?.id}`);
    expect(analysis.status).toBe(200);
    const all = await client.get<{ items: CaseSummary[] }>('/api/cases?limit=100');
    expect(all.status).toBe(200);
    const change = await client.patch<CaseRecord>(
      path,
      { breed: 'Beagle' },
      { headers: { 'If-Match': '"1"' } },
    );
    expect(change.body).toMatchObject({ version: 2, breed: 'Beagle' });
  });

  it('forgets what was kept of a person who leaves', async () => {
    const kept = () =>
      database
        .read(ACCOUNTS)
        .selectFrom('legacy_rows')
        .select('source_table')
        .where('row_key', '=', 'u-protocol')
        .execute();
    expect(await kept()).toHaveLength(1);
    const { client } = await signIn('protocol@clinic.example', LEGACY_PASSWORD);
    const left = await client.delete('/api/me', { password: LEGACY_PASSWORD });
    expect([left.status, await kept()]).toEqual([204, []]);
  });

  it('makes nobody administrator by registering, and shows the accounts to the one there is', async () => {
    expect((await app.vet()).user.isAdmin).toBe(false);
    const { client } = await signIn('ana@clinic.example', LEGACY_PASSWORD);
    const people = await client.get<{ items: unknown[] }>('/api/admin/users?limit=100');
    expect(people.body.items.length).toBeGreaterThan(12);
  });
});

describe('a file that is no such database', () => {
  it.each([
    ['absent', null, /no file/],
    ['text', 'not a database, but long enough to be looked at as one'.repeat(20), /cannot be read/],
  ])('is refused when %s', (name, content, message) => {
    const file = join(folder, name);
    if (content !== null) writeFileSync(file, content);
    expect(() => openLegacy(file)).toThrow(message);
  });

  it('is refused when it is another program’s', async () => {
    const database = sqliteDatabase(join(folder, 'other'));
    await database.close();
    expect(() => openLegacy(join(folder, 'other', 'mozarela.db'))).toThrow(/not a database of the original/);
  });
});
