/** Real workers, as processes, on real servers, that are killed while they work: nothing is lost, nothing is doubled. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstanceProgram, startInstance } from '../../../../../testbed/installation.ts';
import { type Postgres, startPostgres } from '../../../../../testbed/postgres.ts';
import { until } from '../../../../../testbed/process.ts';
import { type SingleRedis, startRedis } from '../../../../../testbed/redis.ts';
import { parseConfig } from '../../config.ts';
import { type Container, createContainer } from '../../container.ts';
import { newId } from '../../ids.ts';
import { HOUR_MS } from '../../lib/time.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { enqueueAnalysis } from '../analyses/service.ts';
import { insertAccount, insertSession } from '../auth/queries.ts';
import { createCase } from '../cases/service.ts';

/** Counts, in the transaction itself, how often each analysis got its result. */
const COUNT_RESULTS = `
  create table results (analysis_id text not null);
  create function count_result() returns trigger language plpgsql as
    'begin insert into results values (new.id); return new; end';
  create trigger count_result after update on analyses for each row
    when (new.status = 'succeeded') execute function count_result();`;

const CLINICS = 4;
const MINUTES = 60_000;

type Asker = Awaited<ReturnType<typeof openAsker>>;

/** A process that asks for work and does none. */
async function openAsker(container: Container) {
  const { now, jobs } = container;
  const cases = await Promise.all(
    Array.from({ length: CLINICS }, async (_, index) => {
      const actor = { userId: newId(), clinicId: newId() };
      const names = { email: `w${newId()}@b.example`, fullName: 'A', clinicName: 'C', passwordHash: null };
      await container.database.write(ACCOUNTS, (trx) => insertAccount(trx, { ...actor, ...names }, now()));
      const content = {
        patientName: `Patient ${index}`,
        species: 'dog',
        breed: null,
        sex: null,
        age: null,
        weightKg: null,
        clinicalSigns: 'Vomiting and diarrhoea for two days. No cough.',
        labFindings: null,
        corrections: [],
      };
      return { actor, record: await createCase(container, actor, content, null) };
    }),
  );
  return {
    cases,
    /** Asks for so many analyses, spread over all clinics. */
    async ask(count: number): Promise<void> {
      await Promise.all(
        cases.map(({ actor, record }) =>
          jobs.write(actor.clinicId, async (trx, writer) => {
            for (let asked = 0; asked < count / CLINICS; asked += 1)
              await enqueueAnalysis(trx, writer, actor, record, { engine: 'knowledge', now: now() });
          }),
        ),
      );
    },
  };
}

/** A session of that person; answers its token. */
async function signIn({ database, now }: Container, userId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  const session = { id: newId(), tokenHash, userId, device: 'test', now: now(), expiresAt: now() + HOUR_MS };
  await database.write(ACCOUNTS, (trx) => insertSession(trx, session));
  return token;
}

describe('workers on PostgreSQL and Redis', () => {
  let postgres: Postgres;
  let redis: SingleRedis;
  let sql: Client;
  let folder: string;
  let settings: Record<string, string>;
  let container: Container;
  let asker: Asker;
  let workers: InstanceProgram[];

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis({ password: 'secret' })]);
    folder = await mkdtemp(join(tmpdir(), 'mozarela-workers-'));
    settings = {
      DATABASE_URL: postgres.url(),
      REDIS_URL: redis.url,
      MOZARELA_DATA_DIR: folder,
      JOB_LEASE_MS: '3000',
      LOG_LEVEL: 'info',
    };
    container = await createContainer(parseConfig({ ...settings, LOG_LEVEL: 'silent' }));
    await container.database.migrate();
    sql = new Client({ connectionString: postgres.url() });
    await sql.connect();
    await sql.query(COUNT_RESULTS);
    asker = await openAsker(container);
    workers = await Promise.all([1, 2, 3].map(() => startInstance('worker', settings)));
  });
  afterAll(async () => {
    await Promise.all((workers ?? []).map((worker) => worker.kill()));
    await sql?.end();
    await container?.close();
    await Promise.all([postgres?.stop(), redis?.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const count = async (query: string): Promise<number> =>
    Number(Object.values((await sql.query(query)).rows[0])[0]);
  const unfinished = () =>
    count("select count(*) from jobs where type = 'analysis.run' and status not in ('done', 'dead')");
  /** Every analysis has its result, from one transaction, and its job is done. */
  async function expectAllOnce(asked: number): Promise<void> {
    expect(await count('select count(*) from analyses')).toBe(asked);
    expect(
      await count("select count(*) from analyses where status = 'succeeded' and result is not null"),
    ).toBe(asked);
    expect(await count('select count(*) from results')).toBe(asked);
    expect(await count('select count(distinct analysis_id) from results')).toBe(asked);
    expect(await count("select count(*) from jobs where type = 'analysis.run' and status = 'done'")).toBe(
      asked,
    );
    await sql.query('truncate results; delete from analyses; delete from jobs');
  }
  /** As whoever supervises the processes would. */
  const revive = () => Promise.all(workers.filter(({ pid }) => !pid).map((worker) => worker.start()));
  const untilDone = () =>
    until(
      'all to be done',
      async () => {
        await revive();
        return (await unfinished()) === 0;
      },
      { withinMs: 3 * MINUTES, everyMs: 200 },
    );

  it(
    'lose and double nothing when they are killed while they work',
    async () => {
      let asked = 0;
      let interrupted = 0;
      for (let round = 0; asked < 500 || interrupted < 5; round += 1) {
        if (asked < 500 || (await unfinished()) < 50) {
          await asker.ask(100);
          asked += 100;
        }
        const victim = workers[round % workers.length]!;
        const { pid } = victim;
        await until(
          'the next victim to work',
          async () => (await heldBy(pid)) > 0 || (await unfinished()) === 0,
        );
        await victim.kill();
        interrupted += await heldBy(pid);
        await revive();
      }
      await untilDone();
      expect(interrupted).toBeGreaterThanOrEqual(5);
      expect(await count('select max(attempts) from jobs')).toBeGreaterThan(1);
      await expectAllOnce(asked);
    },
    5 * MINUTES,
  );

  const heldBy = (pid: number | undefined) =>
    count(`select count(*) from jobs where status = 'running' and worker like '%:${pid}:%'`);

  it(
    'lose and double nothing when Redis is killed and comes back empty',
    async () => {
      await asker.ask(500);
      await until('work to begin', async () => (await count('select count(*) from results')) > 20);
      await redis.kill();
      // Asked for while nobody can carry it.
      await asker.ask(100);
      await redis.start();
      await untilDone();
      await expectAllOnce(600);
    },
    5 * MINUTES,
  );

  it(
    'end when work waits that they cannot take, and do it once they are started again',
    async () => {
      redis.freeze();
      await asker.ask(20);
      await until('a worker to give up', () => workers.some(({ pid }) => !pid), { withinMs: MINUTES });
      redis.unfreeze();
      await untilDone();
      await expectAllOnce(20);
      const gaveUp = workers.flatMap(({ lines }) => lines).filter((line) => line.includes('nothing moves'));
      expect(gaveUp.length).toBeGreaterThan(0);
    },
    5 * MINUTES,
  );

  it('are heard of on every instance, in the streams of an API process too', async () => {
    const api = await startInstance('api', { ...settings, RATE_LIMIT_MAX: '1000' });
    try {
      const [{ actor, record }] = asker.cases as [(typeof asker.cases)[number]];
      const token = await signIn(container, actor.userId);
      const analysis = await container.jobs.write(actor.clinicId, (trx, writer) =>
        enqueueAnalysis(trx, writer, actor, record, { engine: 'knowledge', now: container.now() }),
      );
      const stream = await fetch(`${api.url}/api/analyses/${analysis.id}/events`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      expect(stream.status).toBe(200);
      expect(await stream.text()).toContain('"status":"succeeded"');
      const metrics = await (await fetch(`${api.operationsUrl}/metrics`)).text();
      expect(metrics).toMatch(/mozarela_jobs_last_done_timestamp_seconds\{type="analysis.run"\} \d/);
    } finally {
      expect(await api.stop()).toBe(0);
    }
  });
});
