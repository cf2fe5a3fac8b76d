import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../../../../../testbed/postgres.ts';
import { until } from '../../../../../testbed/process.ts';
import { startApp } from '../../../test/harness.ts';
import { buildLegacyDatabase } from '../../../test/legacy-database.ts';
import { insertAccount } from '../../features/auth/queries.ts';
import { append } from '../../features/cases/events.ts';
import { indexCase } from '../../features/cases/search.ts';
import { newId } from '../../ids.ts';
import { type PostgresDatabase, postgresDatabase } from '../../seams/database/postgres.ts';
import { sqliteDatabase } from '../../seams/database/sqlite.ts';
import { importLegacy } from '../legacy/import.ts';
import { openLegacy } from '../legacy/source.ts';
import { MoveError } from './checks.ts';
import { type MoveReport, moveInstallation } from './move.ts';
import { MOVE } from './progress.ts';
import { DERIVED } from './tables.ts';

const MAIN = new URL('../../main.ts', import.meta.url).pathname;
const SAMPLE = new URL('../../../test/fixtures/legacy/sample.db', import.meta.url).pathname;
const SMALL = { rows: 4, bytes: 1 << 20 };

const folder = mkdtempSync(join(tmpdir(), 'mozarela-move-'));
let pg: Postgres;
let dataDir: string;
const opened: PostgresDatabase[] = [];
const left: DatabaseSync[] = [];

/** A source as it comes about: two imports, then people who work with the running program. */
beforeAll(async () => {
  pg = await startPostgres();
  const app = await startApp();
  const worst = join(folder, 'legacy.db');
  buildLegacyDatabase(worst);
  const database = sqliteDatabase(app.dataDir);
  for (const file of [SAMPLE, worst]) {
    const source = openLegacy(file);
    const options = { joinClinics: false, now: Date.now(), progress: () => {} };
    (await importLegacy(database, source, options)).close();
    source.close();
  }
  await database.close();
  const vet = await app.vet();
  const note = { species: 'dog', clinicalSigns: 'Polyuria, moved.' };
  const kept = await vet.post<{ id: string }>('/api/cases', note);
  const gone = await vet.post<{ id: string }>('/api/cases', note);
  await vet.post(`/api/cases/${kept.body.id}/analyses`, { engine: 'knowledge' });
  await vet.delete(`/api/cases/${gone.body.id}`);
  dataDir = join(folder, 'source');
  mkdirSync(dataDir);
  const running = new DatabaseSync(join(app.dataDir, 'mozarela.db'));
  running.prepare('vacuum into ?').run(join(dataDir, 'mozarela.db'));
  running.close();
  await app.close();
  // As a process leaves it that was killed: with a log that is not in the file yet.
  change("pragma journal_mode = wal; update clinics set name = 'In the log' where rowid = 2", true);
});
afterAll(async () => {
  for (const database of opened) await database.close();
  for (const connection of left) connection.close();
  await pg?.stop();
  rmSync(folder, { recursive: true });
});

/** Writes to the source. @param stay leaves the connection open, so that the log is not brought into the file */
function change(statements: string, stay = false): void {
  const source = new DatabaseSync(join(dataDir, 'mozarela.db'));
  source.exec(statements);
  if (stay) left.push(source);
  else source.close();
}

/** A case with a new account, patient and clinic, as the program writes it. */
async function addCase(): Promise<void> {
  const source = sqliteDatabase(dataDir);
  const [userId, clinicId, caseId] = [newId(), newId(), newId()];
  await source.write(MOVE, async (trx) => {
    const names = { email: 'new@example.org', fullName: 'New', clinicName: 'New' };
    await insertAccount(trx, { userId, clinicId, ...names, passwordHash: null }, 1);
    const content = {
      patientName: null,
      breed: null,
      sex: null,
      age: null,
      weightKg: null,
      labFindings: null,
    };
    const data = {
      ...content,
      species: 'cat',
      clinicalSigns: 'Between.',
      corrections: [],
      patientId: newId(),
    };
    await append(trx, { type: 'case.created', caseId, clinicId, seq: 1, actor: userId, at: 1, data });
    await indexCase(source, trx, caseId);
  });
  await source.close();
}

async function newTarget(name: string): Promise<{ url: string; database: PostgresDatabase }> {
  const url = pg.url(await pg.createDatabase(name));
  const log = pino({ level: 'silent' });
  const database = postgresDatabase({ url, directUrl: null, replicaUrls: [], marks: null, log });
  opened.push(database);
  return { url, database };
}

/** The command as an operator starts it. */
function startMove(...args: string[]) {
  const env = { PATH: process.env.PATH, MOZARELA_DATA_DIR: dataDir };
  const child = spawn(process.execPath, [MAIN, 'move', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  );
  return { ended, kill: () => child.kill('SIGKILL'), hasEnded: () => child.exitCode !== null };
}

/** Kills a move in the middle of its write to a table: it waits there for a lock that we hold. */
async function killWhileWriting(url: string, table: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`begin; lock table ${table} in share mode`);
  const move = startMove('--to', url);
  const isWaiting = async () => {
    const waiting = 'select 1 from pg_locks where relation = $1::regclass and not granted';
    return (await client.query(waiting, [table])).rows.length > 0;
  };
  try {
    await until(`the move to write ${table}`, isWaiting, {
      withinMs: 60_000,
      giveUp: () => (move.hasEnded() ? 'it has ended' : undefined),
    });
  } finally {
    move.kill();
    await client.end();
  }
  expect((await move.ended).code).toBe(null);
}

const sourceFiles = () =>
  ['mozarela.db', 'mozarela.db-wal'].map((name) =>
    createHash('sha256')
      .update(readFileSync(join(dataDir, name)))
      .digest('hex'),
  );

const tablesIn = async (database: PostgresDatabase) => {
  const rows = await database
    .read(MOVE)
    .selectFrom('information_schema.tables' as never)
    .select('table_name' as never)
    .where('table_schema' as never, '=', 'public' as never)
    .execute();
  return (rows as { table_name: string }[]).map(({ table_name }) => table_name);
};

describe('a move into PostgreSQL', () => {
  it('survives three kills, leaves the source as it was, and loses nothing', async () => {
    const { url, database } = await newTarget('killed');
    await database.migrate();
    const before = sourceFiles();
    for (const table of ['users', 'cases', 'case_search']) await killWhileWriting(url, table);

    const target = join(folder, 'report.json');
    const { code, output } = await startMove('--to', url, '--report', target).ended;
    expect([code, output]).toEqual([0, expect.stringContaining('Everything is in the target, row by row.')]);
    const report: MoveReport = JSON.parse(readFileSync(target, 'utf8'));
    expect(report).toMatchObject({ target: 'begun', sourceChanged: false, equal: true });
    expect(report.tables.filter(({ checksum, targetChecksum }) => checksum !== targetChecksum)).toEqual([]);
    expect(report.tables.find(({ table }) => table === 'case_events')?.rows).toBeGreaterThan(58);
    expect(sourceFiles()).toEqual(before);

    const moved = report.tables.map(({ table }) => table);
    const others = (await tablesIn(database)).filter((name) => !moved.includes(name) && !DERIVED.has(name));
    // The last one is the adapter's own.
    expect(others.sort()).toEqual(['move_progress', 'timelines']);
  });

  it('finds the cases afterwards, and not those that were deleted', async () => {
    const [database] = opened as [PostgresDatabase];
    const { clinic_id } = await database
      .read(MOVE)
      .selectFrom('cases')
      .select('clinic_id')
      .where('clinical_signs', '=', 'Polyuria, moved.')
      .limit(1)
      .executeTakeFirstOrThrow();
    const found = await database.search.find(database.read(MOVE), {
      clinicId: clinic_id,
      text: 'moved',
      limit: 5,
    });
    expect(found).toHaveLength(1);
  });

  it('compares only, once it has finished', async () => {
    const [database] = opened as [PostgresDatabase];
    const url = pg.url('killed');
    expect(await startMove('--to', url).ended).toMatchObject({
      code: 0,
      output: expect.stringContaining('source and target are still the same'),
    });
    await database.write(MOVE, (trx) =>
      trx.insertInto('clinics').values({ id: 'new', name: 'After the move', created_at: 1 }).execute(),
    );
    expect(await startMove('--to', url).ended).toMatchObject({
      code: 1,
      output: expect.stringContaining('it is in use. Nothing was written'),
    });
    const rows = await database
      .read(MOVE)
      .selectFrom('clinics')
      .select('id')
      .where('id', '=', 'new')
      .execute();
    expect(rows).toHaveLength(1);
  });

  it('counts and checks without writing', async () => {
    const { url, database } = await newTarget('dry');
    const { code, output } = await startMove('--to', url, '--dry-run').ended;
    expect([code, output]).toEqual([0, expect.stringContaining('Nothing was written')]);
    expect(output).toMatch(/case_events +\d+ rows/);
    expect(await tablesIn(database)).toEqual([]);
  });

  it('refuses a target with other data', async () => {
    const { url, database } = await newTarget('taken');
    await database.migrate();
    await database.write(MOVE, (trx) =>
      trx.insertInto('clinics').values({ id: 'theirs', name: 'Another', created_at: 1 }).execute(),
    );
    const { code, output } = await startMove('--to', url).ended;
    expect([code, output]).toEqual([1, expect.stringContaining('The target has data already (clinics)')]);
  });
});

describe('a move that is taken up again after the source has changed', () => {
  const stop = new Error('stopped');
  const move = (target: PostgresDatabase, dataDir: string, stopAt?: string) =>
    moveInstallation({
      dataDir,
      target,
      blobs: null,
      dryRun: false,
      now: Date.now,
      batch: SMALL,
      progress: (step, done) => {
        if (step === stopAt && done >= 8) throw stop;
      },
    });

  it('goes on in the middle of a table, brings what is new and removes what is gone', async () => {
    const { database } = await newTarget('resumed');
    await expect(move(database, dataDir, 'cases')).rejects.toBe(stop);
    await expect(move(database, dataDir, 'search index')).rejects.toBe(stop);
    await addCase();
    change(
      "update clinics set name = 'Renamed' where rowid = 1; delete from legacy_rows where rowid % 2 = 0",
    );
    const report = await move(database, dataDir);
    expect(report).toMatchObject({ target: 'begun', equal: true, sourceChanged: false });
  });

  it('tells an installation from another', async () => {
    const { database } = await newTarget('mixed');
    await expect(move(database, dataDir, 'cases')).rejects.toBe(stop);
    const other = join(folder, 'other');
    const installation = sqliteDatabase(other);
    await installation.migrate();
    await installation.close();
    await expect(move(database, other)).rejects.toThrow(/holds another installation/);
    await expect(move(database, join(folder, 'nothing'))).rejects.toThrow(MoveError);
  });

  it('says when somebody wrote to the source meanwhile', async () => {
    const { database } = await newTarget('written');
    let wrote = false;
    const report = await moveInstallation({
      dataDir,
      target: database,
      blobs: null,
      dryRun: false,
      now: Date.now,
      progress: () => {
        if (wrote) return;
        wrote = true;
        change("update clinics set name = 'Renamed meanwhile' where rowid = 1");
      },
    });
    expect(report.sourceChanged).toBe(true);
    expect(await move(database, dataDir)).toMatchObject({ equal: true, sourceChanged: false });
  });
});
