/** The whole way from the table to a consumer, while the program and the broker are killed at random moments. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reservePort } from '../../../../../testbed/ports.ts';
import { type Program, startProgram } from '../../../../../testbed/program.ts';
import { type RabbitMq, startRabbitMq } from '../../../../../testbed/rabbitmq.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { sqliteDatabase } from '../../seams/database/sqlite.ts';
import { recorder } from '../../seams/events/contract.ts';
import type { EventBus } from '../../seams/events/port.ts';
import { rabbitEvents } from '../../seams/events/rabbitmq.ts';

const ROUNDS = 4;
const PATIENCE = { timeout: 90_000, interval: 250 };

let rabbit: RabbitMq;
let bus: EventBus;
let folder: string;
let program: Program | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mozarela-relay-'));
  rabbit = await startRabbitMq();
  bus = rabbitEvents(rabbit.url, { log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await program?.stop();
  await bus?.close();
  await rabbit?.stop();
  await rm(folder, { recursive: true });
});

async function launch(): Promise<string> {
  const port = await reservePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port),
    MOZARELA_DATA_DIR: folder,
    AMQP_URL: rabbit.url,
    RATE_LIMIT_MAX: '100000',
    LOG_LEVEL: 'warn',
  };
  program = await startProgram({ env, healthUrl: `${url}/_health` });
  return url;
}

async function register(url: string): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fullName: 'A Vet', email: 'a@b.example', password: 'quiet-paddock-7-lantern' }),
  });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { cookie, 'x-csrf-token': csrfToken, 'content-type': 'application/json' };
}

/** Creates cases and records outcomes until something is killed under it. */
async function write(url: string, headers: Record<string, string>, ended: AbortSignal): Promise<void> {
  const send = (method: string, path: string, body: object) =>
    fetch(url + path, { method, headers, body: JSON.stringify(body) });
  while (!ended.aborted) {
    try {
      const created = await send('POST', '/api/cases', { species: 'dog', clinicalSigns: 'Cough.' });
      const { id } = (await created.json()) as { id: string };
      await send('PUT', `/api/cases/${id}/outcome`, { diagnosis: 'Kennel cough' });
    } catch {
      await sleep(20);
    }
  }
}

async function table() {
  const database = sqliteDatabase(folder);
  const events = await database
    .read(ACCOUNTS)
    .selectFrom('case_events')
    .select(['case_id', 'seq', 'published_at'])
    .orderBy('case_id')
    .orderBy('seq')
    .execute();
  const counted = await database.read(ACCOUNTS).selectFrom('case_statistics').select('created').execute();
  await database.close();
  return { events, created: counted.reduce((sum, row) => sum + row.created, 0) };
}

it('loses nothing and keeps the order of every case', { timeout: 300_000 }, async () => {
  const { told, handle } = recorder();
  await bus.consume('audit', handle);
  let headers: Record<string, string> | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const url = await launch();
    headers ??= await register(url);
    const ending = new AbortController();
    const writers = [0, 1].map(() => write(url, headers!, ending.signal));
    const before = told.length;
    await expect.poll(() => told.length, PATIENCE).toBeGreaterThan(before + 20);
    // Without the broker the writes go on; the program is then killed with a backlog.
    if (round % 2 === 1) {
      await rabbit.kill();
      await sleep(500);
    }
    await program?.kill();
    ending.abort();
    await Promise.all(writers);
    if (round % 2 === 1) await rabbit.start();
  }
  await launch();
  await expect
    .poll(async () => (await table()).events.filter((row) => row.published_at === null).length, PATIENCE)
    .toBe(0);
  const { events } = await table();
  const first = new Set<string>();
  for (const { caseId, seq } of told) {
    // An event is never told before the one that came before it.
    if (seq > 1) expect(first).toContain(`${caseId}:${seq - 1}`);
    first.add(`${caseId}:${seq}`);
  }
  await expect
    .poll(() => new Set(told.map(({ caseId, seq }) => `${caseId}:${seq}`)).size, PATIENCE)
    .toBe(events.length);
  const cases = events.filter(({ seq }) => seq === 1).length;
  await expect.poll(async () => (await table()).created, PATIENCE).toBe(cases);
});
