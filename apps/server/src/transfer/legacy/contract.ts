/** What an import must do on every database; run from import.test.ts and import.cluster.test.ts. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildLegacyDatabase, LEGACY_COUNTS, UNREADABLE_CASES } from '../../../test/legacy-database.ts';
import { verifyChain } from '../../features/cases/chain.ts';
import { ACCOUNTS, type Database, type Executor } from '../../seams/database/port.ts';
import { importLegacy } from './import.ts';
import { type Line, type Report, renderJson, renderText } from './report.ts';
import { openLegacy } from './source.ts';

const SAMPLE = new URL('../../../test/fixtures/legacy/sample.db', import.meta.url).pathname;
const NOW = Date.UTC(2026, 11, 1);

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

async function run(database: Database, file: string, joinClinics = false): Promise<Report> {
  const source = openLegacy(file);
  try {
    return await importLegacy(database, source, { joinClinics, now: NOW, progress: () => {} });
  } finally {
    source.close();
  }
}

async function linesOf(report: Report): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of report.lines()) lines.push(line);
  return lines;
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Every row of every table that an import writes. */
async function everything(db: Executor): Promise<unknown> {
  return {
    users: await db.selectFrom('users').selectAll().orderBy('id').execute(),
    clinics: await db.selectFrom('clinics').selectAll().orderBy('id').execute(),
    memberships: await db.selectFrom('memberships').selectAll().orderBy('user_id').execute(),
    protocols: await db.selectFrom('protocols').selectAll().orderBy('id').execute(),
    versions: await db.selectFrom('protocol_versions').selectAll().orderBy('protocol_id').execute(),
    patients: await db.selectFrom('patients').selectAll().orderBy('id').execute(),
    cases: await db.selectFrom('cases').selectAll().orderBy('id').execute(),
    events: await db.selectFrom('case_events').selectAll().orderBy('case_id').execute(),
    analyses: await db.selectFrom('analyses').selectAll().orderBy('id').execute(),
    kept: await db.selectFrom('legacy_rows').selectAll().orderBy('source_table').orderBy('row_key').execute(),
  };
}

/** @param open gives a database that nobody else uses, migrated */
export function legacyImportContract(name: string, open: () => Promise<Database>): void {
  describe(`import of the original's sample: ${name}`, () => {
    let database: Database;
    let report: Report;
    let before: string;
    beforeAll(async () => {
      database = await open();
      before = sha256(SAMPLE);
      report = await run(database, SAMPLE);
    });
    afterAll(async () => {
      report?.close();
      await database?.close();
    });

    it('accounts for every row and leaves the source as it was', () => {
      expect(report.isComplete()).toBe(true);
      expect(report.tables.get('users')).toMatchObject({ read: 7, imported: 7 });
      expect(report.tables.get('cases')).toMatchObject({ read: 31, imported: 31, kept: 0 });
      expect(report.tables.get('sessions')).toMatchObject({ read: 5, dropped: 5 });
      expect(sha256(SAMPLE)).toBe(before);
    });

    it('changes nothing the second time', async () => {
      const first = await everything(database.read(ACCOUNTS));
      const again = await run(database, SAMPLE);
      expect(again.tables.get('cases')).toMatchObject({ imported: 31, already: 31 });
      again.close();
      expect(await everything(database.read(ACCOUNTS))).toEqual(first);
    });

    it('gives each account its own clinic and its own cases, unless told otherwise', async () => {
      const owned = await database
        .read(ACCOUNTS)
        .selectFrom('users')
        .innerJoin('memberships', 'memberships.user_id', 'users.id')
        .innerJoin('cases', 'cases.clinic_id', 'memberships.clinic_id')
        .select(['users.email', 'memberships.role'])
        .select((select) => select.fn.countAll().as('cases'))
        .groupBy(['users.email', 'memberships.role'])
        .orderBy('users.email')
        .execute();
      expect(owned.map((row) => [row.email, row.role, Number(row.cases)])).toEqual([
        ['plain@clinic0.example', 'owner', 1],
        ...[0, 1, 2, 3, 4].map((n) => [`vet${n}@clinic${n % 3}.example`, 'owner', 6]),
      ]);
    });

    it('makes cases of events, in the order of their time, found by sign and by diagnosis', async () => {
      const db = database.read(ACCOUNTS);
      const cases = await db
        .selectFrom('cases')
        .selectAll()
        .where('patient_name', '=', 'Bolinha')
        .orderBy('id')
        .execute();
      const addison = cases.find(({ breed, age }) => breed === 'Yorkshire Terrier' && age === '7 y')!;
      expect(addison).toMatchObject({ species: 'dog', weight_kg: 11.5, version: 1 });
      const times = cases.map(({ created_at }) => created_at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      const find = (text: string) =>
        database.search.find(db, { clinicId: addison.clinic_id, text, limit: 5 });
      expect(await find('twigs')).toEqual([addison.id]);
      expect(await find('hypoadreno')).toEqual([addison.id]);
      const [event] = await db
        .selectFrom('case_events')
        .selectAll()
        .where('case_id', '=', addison.id)
        .execute();
      expect(event).toMatchObject({ type: 'case.created', seq: 1, at: addison.created_at });
      expect(await verifyChain(db, addison.id)).toBe(true);
    });
  });

  describe(`import of the worst: ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'mozarela-legacy-'));
    const file = join(folder, 'database.db');
    let database: Database;
    let report: Report;
    let lines: Line[];
    let db: Executor;
    beforeAll(async () => {
      buildLegacyDatabase(file);
      const before = sha256(file);
      database = await open();
      report = await run(database, file);
      expect(sha256(file)).toBe(before);
      lines = await linesOf(report);
      db = database.read(ACCOUNTS);
    });
    afterAll(async () => {
      report?.close();
      await database?.close();
      rmSync(folder, { recursive: true });
    });

    const reasonOf = (row: string) =>
      lines
        .filter((line) => line.row === row)
        .map(({ reason }) => reason)
        .join('; ');
    const userOf = (email: string) =>
      db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirstOrThrow();
    /** By the time that only this case has. */
    const caseAt = (offset: number) =>
      db
        .selectFrom('cases')
        .selectAll()
        .where('created_at', '=', Date.UTC(2025, 0, 15, 9, 30) + offset)
        .executeTakeFirstOrThrow();
    const keptOf = (table: string, key: string) =>
      db
        .selectFrom('legacy_rows')
        .selectAll()
        .where('source_table', '=', table)
        .where('row_key', '=', key)
        .executeTakeFirstOrThrow();

    it('accounts for every row', async () => {
      expect(report.isComplete()).toBe(true);
      const { users, cases, sessions } = LEGACY_COUNTS;
      expect(report.tables.get('users')).toMatchObject({ read: users, imported: users });
      expect(report.tables.get('cases')).toMatchObject({
        read: cases,
        imported: cases - UNREADABLE_CASES,
        kept: UNREADABLE_CASES,
      });
      expect(report.tables.get('sessions')).toMatchObject({ read: sessions, dropped: sessions });
      expect(report.tables.get('items')).toMatchObject({ read: 2, kept: 2 });
      const { n } = await db
        .selectFrom('case_events')
        .select((select) => select.fn.countAll().as('n'))
        .executeTakeFirstOrThrow();
      expect(Number(n)).toBe(cases - UNREADABLE_CASES);
    });

    it('changes nothing the second time', async () => {
      const first = await everything(db);
      (await run(database, file)).close();
      expect(await everything(db)).toEqual(first);
    });

    it('keeps verbatim what is no case, and says why', async () => {
      expect(reasonOf('c-cut')).toContain('cut off or not JSON');
      expect(reasonOf('c-null')).toContain('NULL');
      expect(JSON.parse((await keptOf('cases', 'c-text')).raw)).toMatchObject({
        data: 'vomiting dog, 3 years',
      });
      expect(JSON.parse((await keptOf('cases', 'c-invalid')).raw).data).toEqual({ $base64: 'e//+' });
      expect(JSON.parse((await keptOf('notes', 'rowid:1')).raw).body).toEqual({ $base64: 'Yf8=' });
      expect(JSON.parse((await keptOf('cases', 'c-long')).raw).data).toContain('x'.repeat(25_000));
      const more = await keptOf('cases', 'c-more');
      expect(JSON.parse(more.raw).data).toContain('39.5');
      expect(more.case_id).toBe((await caseAt(16)).id);
    });

    it('hashes, keeps or refuses passwords, and keeps none in clear', async () => {
      expect((await userOf('ana@clinic.example')).password_hash).toMatch(/^\$2a\$/);
      expect((await userOf('clear@clinic.example')).password_hash).toMatch(/^\$argon2id\$/);
      expect(reasonOf('u-clear')).toContain('stored in clear');
      for (const name of ['null', 'number', 'damaged']) {
        expect((await userOf(`${name}@clinic.example`)).password_hash).toBe(null);
        expect(reasonOf(`u-${name}`)).toContain('reset link');
      }
      const kept = await db.selectFrom('legacy_rows').select('raw').execute();
      expect(kept.filter(({ raw }) => /hush-hush|segredo|\$2a\$/.test(raw))).toEqual([]);
      expect(lines.filter(({ reason }) => /hush-hush|segredo|12345678/.test(reason))).toEqual([]);
    });

    it('keeps both people whose e-mails differ only in case', async () => {
      const second = /signs in as (\S+@duplicate\.invalid)/.exec(reasonOf('u-ana-2'))?.[1] ?? '';
      expect(await userOf(second)).toMatchObject({ full_name: 'Vet u-ana-2' });
      expect(z.email().safeParse(second).success).toBe(true);
      expect(reasonOf('u-nomail')).toContain('e-mail is missing');
      expect(reasonOf('u-wrong')).toContain('"not an address" is none');
    });

    it('reads weights, species, times and texts, and says what it made of them', async () => {
      expect((await caseAt(2)).weight_kg).toBe(12.5);
      expect(reasonOf('c-comma')).toContain('weight "12,5" is 12.5 kg');
      expect((await caseAt(3)).weight_kg).toBe(5.443);
      expect(reasonOf('c-pounds')).toContain('weight "12 lbs" is 5.443 kg');
      expect((await caseAt(4)).weight_kg).toBe(null);
      expect(await caseAt(5)).toMatchObject({ species: 'other', breed: 'Axolotl, leucistic' });
      expect(await caseAt(6)).toMatchObject({ species: 'exotic', breed: 'Ferret' });
      expect(reasonOf('c-files')).toContain('2 attachment(s)');
      expect(await caseAt(8)).toMatchObject({ patient_name: 'Rex \u{1F436}' });
      expect(await caseAt(9)).toMatchObject({ clinical_signs: 'Coughing.' });
      expect(reasonOf('c-nul')).toContain('NUL');
      expect((await caseAt(10)).clinical_signs).toBe('half \ufffd moon');
      expect((await caseAt(11)).clinical_signs).toBe('raw  nul');
      expect(await caseAt(12)).toMatchObject({ age: '3', patient_name: 'Bolinha' });
      expect(reasonOf('c-texttime')).toContain('2024-05-06T07:08:09.000Z');
      expect(reasonOf('c-seconds')).toContain('2025-01-15T09:30:00.000Z');
      expect(reasonOf('c-badtime')).toContain('1970');
    });

    it('keeps cases whose account is gone with a former member, apart from each other', async () => {
      expect(reasonOf('c-gone')).toContain('"u-gone" is gone');
      const [gone, nobody] = [await caseAt(13), await caseAt(14)];
      expect(gone.clinic_id).not.toBe(nobody.clinic_id);
      const former = await db
        .selectFrom('users')
        .selectAll()
        .where('id', '=', gone.created_by)
        .executeTakeFirstOrThrow();
      expect(former).toMatchObject({ full_name: 'Former member', password_hash: null });
    });

    it('makes a protocol of a valid CSV and keeps an invalid one', async () => {
      const protocols = await db.selectFrom('protocols').selectAll().execute();
      expect(protocols).toMatchObject([{ name: 'protocolo.csv', version: 1, rows: 1 }]);
      const kept = await keptOf('users.savedScoringConfig', 'u-protocol');
      expect(JSON.parse(kept.raw).content).toBe('Disease,Nothing\nx,y');
      expect(kept.reason).toContain('line 1');
    });

    it('keeps the points of a protocol and the order of a model', async () => {
      const engines = await Promise.all(
        [0, 1].map(async (offset) =>
          db
            .selectFrom('analyses')
            .selectAll()
            .where('case_id', '=', (await caseAt(offset)).id)
            .executeTakeFirstOrThrow(),
        ),
      );
      expect(engines.map(({ engine }) => engine)).toEqual(['protocol', 'ai']);
      const [protocol, ai] = engines.map(({ result }) => JSON.parse(result ?? '').diagnoses[0]);
      expect(protocol).toMatchObject({ name: 'Hypoadrenocorticism', points: 70, probability: null });
      expect(ai).toMatchObject({ points: null, probability: null, notices: ['The model stated 70 %.'] });
      expect(reasonOf('c-results')).toContain('not in a known form');
    });

    it('makes only ids that the contract takes', async () => {
      const ids = await db.selectFrom('cases').select(['id', 'patient_id', 'created_by']).execute();
      expect(z.array(z.record(z.string(), z.uuid())).safeParse(ids).error).toBe(undefined);
    });

    it('leaves no administrator to be made by registering', async () => {
      const ana = await userOf('ana@clinic.example');
      expect(ana.is_admin).toBe(1);
      const row = await db.selectFrom('installation').selectAll().executeTakeFirstOrThrow();
      expect(row.first_user).toBe(ana.id);
    });

    it('reports for people and for programs alike', async () => {
      const text = await textOf(renderText(report));
      const json = JSON.parse(await textOf(renderJson(report)));
      expect(json).toMatchObject({ complete: true, tables: { items: { kept: 2 } } });
      expect(json.lines).toEqual(lines);
      for (const { reason } of lines) expect(text).toContain(reason);
      expect(text).toContain('Every row is accounted for');
    });
  });

  it(`puts people who named the same clinic together when asked: ${name}`, async () => {
    const database = await open();
    try {
      (await run(database, SAMPLE, true)).close();
      const rows = await database
        .read(ACCOUNTS)
        .selectFrom('clinics')
        .innerJoin('memberships', 'memberships.clinic_id', 'clinics.id')
        .innerJoin('users', 'users.id', 'memberships.user_id')
        .select(['users.email', 'memberships.role'])
        .where('clinics.name', '=', 'Clínica 0')
        .orderBy('users.email')
        .execute();
      expect(rows.map((row) => Object.values(row))).toEqual([
        ['vet0@clinic0.example', 'owner'],
        ['vet3@clinic0.example', 'vet'],
      ]);
    } finally {
      await database?.close();
    }
  });
}
