import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../../../../../testbed/postgres.ts';
import { until } from '../../../../../testbed/process.ts';
import { type S3Server, startS3 } from '../../../../../testbed/rgw.ts';
import { fileStores, targetDatabase } from '../../adapters/target.ts';
import { newId } from '../../ids.ts';
import type { Blobs } from '../../seams/blobs/port.ts';
import { sqliteDatabase } from '../../seams/database/sqlite.ts';
import { prepareProgress } from './progress.ts';

const MAIN = new URL('../../main.ts', import.meta.url).pathname;
const PART = 5 * 1024 * 1024;
const SIZES = [0, 1, 1000, PART, PART + 1, 70_000, 12];

const folder = mkdtempSync(join(tmpdir(), 'mozarela-move-files-'));
const keys = SIZES.map(() => `cases/${newId()}`);
let pg: Postgres;
let s3: S3Server;
let stores: { source: Blobs; target: Blobs };

const contentOf = (index: number) => Buffer.alloc(SIZES[index] ?? 0, `content ${index} `);

beforeAll(async () => {
  pg = await startPostgres();
  s3 = await startS3();
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = s3;
  stores = await fileStores(folder, {
    endpoint,
    publicEndpoint: null,
    region,
    bucket,
    accessKeyId,
    secretAccessKey,
  });
  const database = sqliteDatabase(folder);
  await database.migrate();
  await database.close();
  for (const [index, key] of keys.entries())
    await stores.source.put(key, Readable.from([contentOf(index)]), { contentType: 'image/png' });
});
afterAll(async () => {
  await stores?.target.close();
  await s3?.dispose();
  await pg?.stop();
  rmSync(folder, { recursive: true });
});

function startMove(...args: string[]) {
  const env = {
    PATH: process.env.PATH,
    MOZARELA_DATA_DIR: folder,
    DATABASE_URL: pg.url(),
    S3_ENDPOINT: s3.endpoint,
    S3_REGION: s3.region,
    S3_BUCKET: s3.bucket,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
  const args_ = [MAIN, 'move', '--blobs', `s3://${s3.bucket}`, ...args];
  const child = spawn(process.execPath, args_, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  );
  return { ended, kill: () => child.kill('SIGKILL') };
}

async function inTarget(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of stores.target.list('')) found.push(key);
  return found.sort();
}

/** Kills a move between writing a file and noting it: the note waits for ours of the same name. */
async function killAt(key: string): Promise<void> {
  const client = new Client({ connectionString: pg.url() });
  client.on('error', () => {});
  await client.connect();
  await client.query('begin');
  await client.query('insert into move_progress values ($1, null, 0, 0)', [`file:${key}`]);
  const move = startMove();
  try {
    await until(
      `the move to note ${key}`,
      async () => (await client.query('select 1 from pg_locks where not granted')).rows.length > 0,
      { withinMs: 60_000 },
    );
  } finally {
    move.kill();
    await client.end();
  }
  expect((await move.ended).code).toBe(null);
}

describe('a move of files into S3', () => {
  it('counts without writing', async () => {
    const { code, output } = await startMove('--dry-run').ended;
    expect([code, output]).toEqual([0, expect.stringContaining('files: 7, 10,')]);
    expect(await inTarget()).toEqual([]);
  });

  it('goes on after three kills, and reads every file back', async () => {
    const target = targetDatabase(pg.url(), pino({ level: 'silent' }));
    await prepareProgress(target);
    await target.close();
    const listed: string[] = [];
    for await (const { key } of stores.source.list('')) listed.push(key);
    for (const key of listed.slice(2, 5)) await killAt(key);
    const { code, output } = await startMove().ended;
    expect([code, output]).toEqual([0, expect.stringMatching(/files: 7, .* the same in the target/)]);
    expect(await inTarget()).toEqual([...keys].sort());
    for (const [index, key] of keys.entries()) {
      const body = await stores.target.get(key);
      expect((await buffer(body as Readable)).equals(contentOf(index))).toBe(true);
    }
  });

  it('compares only, once it has finished', async () => {
    await stores.target.delete(keys[2] as string);
    const { code, output } = await startMove().ended;
    expect([code, output]).toEqual([1, expect.stringContaining(`not the same: ${keys[2]}`)]);
    expect(await inTarget()).toHaveLength(keys.length - 1);
  });

  it('needs the settings of a store', async () => {
    const env = { PATH: process.env.PATH, MOZARELA_DATA_DIR: folder, DATABASE_URL: pg.url() };
    const child = spawn(process.execPath, [MAIN, 'move', '--blobs', 's3://bucket'], { env });
    let output = '';
    child.stderr.on('data', (text) => (output += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, output]).toEqual([1, expect.stringContaining('--blobs needs S3_ENDPOINT')]);
  });
});
