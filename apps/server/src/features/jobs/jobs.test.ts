import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../ids.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { JobError, JobLost, type JobRun } from '../../seams/queue/job.ts';
import { type Bench, openBench, testJob, until } from './fixture.ts';
import { queueHealth } from './health.ts';
import { backoffMs } from './outcome.ts';
import { createRegistry, handled } from './registry.ts';
import { claimJob } from './table.ts';

describe('jobs', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  const statusOf = async (id: string | null) => (await bench.row(id!)).status;
  const becomes = (id: string | null, status: string) => until(async () => (await statusOf(id)) === status);
  /** A handler that lets the test decide how each attempt ends. */
  function held() {
    const runs: { job: JobRun<{ name: string }>; end: () => void; fail: (error: Error) => void }[] = [];
    const run = (job: JobRun<{ name: string }>) =>
      new Promise<void>((end, fail) => void runs.push({ job, end, fail }));
    return { runs, run };
  }
  const addClinic = (job: JobRun<{ name: string }>) =>
    job.finish(async (trx) => {
      await trx
        .insertInto('clinics')
        .values({ id: newId(), name: job.payload.name, created_at: 0 })
        .execute();
    });
  const clinics = async () =>
    (await bench.container.database.read(ACCOUNTS).selectFrom('clinics').select('name').execute()).map(
      ({ name }) => name,
    );

  it('are asked for with the transaction or not at all', async () => {
    const { jobs } = bench.container;
    const failing = jobs.write(ACCOUNTS, async (_trx, { enqueue }) => {
      await enqueue(testJob, { name: 'never' });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await expect(
      jobs.write(ACCOUNTS, (_trx, { enqueue }) => enqueue(testJob, { wrong: 1 } as never)),
    ).rejects.toThrow();
    expect(await bench.rows()).toEqual([]);
  });

  it('are done once, with their result in the same transaction', async () => {
    const ids = await Promise.all(['a', 'b', 'c'].map((name) => bench.enqueue(name)));
    await bench.worker(addClinic);
    await Promise.all(ids.map((id) => becomes(id, 'done')));
    expect((await clinics()).toSorted()).toEqual(['a', 'b', 'c']);
    expect(await bench.row(ids[0]!)).toMatchObject({
      attempts: 1,
      claims: 1,
      progress: 100,
      lease_until: null,
    });
  });

  it('go to exactly one of many who want them', async () => {
    const id = (await bench.enqueue('wanted'))!;
    const { database, now } = bench.container;
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        database.write(ACCOUNTS, (trx) =>
          claimJob(trx, id, { worker: `w${index}`, now: now(), leaseMs: 1000 }),
        ),
      ),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('are tried again after a pause, and are dead after their last attempt', async () => {
    const id = await bench.enqueue('fails');
    let attempts = 0;
    let buried: string | undefined;
    await bench.worker({
      async run() {
        attempts += 1;
        throw new TypeError('quotes the case text');
      },
      async died(trx, { name }, reason) {
        buried = reason;
        await trx.insertInto('clinics').values({ id: newId(), name, created_at: 0 }).execute();
      },
    });
    await until(async () => {
      bench.advance(5000);
      return (await statusOf(id)) === 'dead';
    });
    expect([attempts, buried, await clinics()]).toEqual([3, 'TypeError', ['fails']]);
    expect(await bench.row(id!)).toMatchObject({ attempts: 3, last_error: 'TypeError' });
  });

  it('can say that another try is pointless, or that it costs nothing', async () => {
    const pointless = await bench.enqueue('pointless');
    const patient = await bench.enqueue('patient');
    let tries = 0;
    await bench.worker(async ({ payload: { name } }) => {
      if (name === 'pointless') throw new JobError('case_gone', { next: 'never' });
      tries += 1;
      if (tries <= 10) throw new JobError('busy', { next: 'later', delayMs: 0 });
    });
    await becomes(pointless, 'dead');
    await becomes(patient, 'done');
    expect(await bench.row(pointless!)).toMatchObject({ attempts: 1, last_error: 'case_gone' });
    expect(await bench.row(patient!)).toMatchObject({ attempts: 1, claims: 11 });
  });

  it('come back from a worker that is gone, whose late result is refused', async () => {
    const id = (await bench.enqueue('zombie'))!;
    const { database, now } = bench.container;
    const gone = await database.write(ACCOUNTS, (trx) =>
      claimJob(trx, id, { worker: 'gone', now: now(), leaseMs: 30_000 }),
    );
    expect(gone).toMatchObject({ attempts: 1 });
    const { runs, run } = held();
    await bench.worker(run);
    expect(await bench.row(id)).toMatchObject({ status: 'running', worker: 'gone' });
    bench.advance(31_000);
    await until(async () => {
      bench.advance(500);
      return runs.length === 1;
    });
    const [first] = runs;
    // The second worker stalls in its turn, and a third one takes over.
    await database.write(ACCOUNTS, (trx) =>
      trx.updateTable('jobs').set({ worker: 'moved', lease_until: 0 }).where('id', '=', id).execute(),
    );
    await until(async () => {
      bench.advance(500);
      return runs.length === 2;
    });
    await expect(addClinic(first!.job)).rejects.toBeInstanceOf(JobLost);
    await addClinic(runs[1]!.job);
    await expect(addClinic(runs[1]!.job)).rejects.toBeInstanceOf(JobLost);
    for (const { end } of runs) end();
    expect(await statusOf(id)).toBe('done');
    expect(await clinics()).toEqual(['zombie']);
    expect(first!.job.signal.aborted).toBe(true);
  });

  it('are given up as poison when they keep ending their workers', async () => {
    const id = (await bench.enqueue('poison'))!;
    const { database, now } = bench.container;
    const backoff = { firstMs: 2 ** 40, maxMs: 2 ** 40 };
    const ran: string[] = [];
    await bench.worker(async ({ id }) => void ran.push(id), { definition: { ...testJob, backoff } });
    await becomes(id, 'done');
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const claim = await database.write(ACCOUNTS, async (trx) => {
        await trx
          .updateTable('jobs')
          .set({ status: 'queued', attempts: attempt - 1, run_at: 0, resend_at: now() + 2 ** 40 })
          .where('id', '=', id)
          .execute();
        return claimJob(trx, id, { worker: 'victim', now: now(), leaseMs: 30_000 });
      });
      expect(claim?.attempts).toBe(attempt);
      bench.advance(31_000);
      await until(async () => (await statusOf(id)) !== 'running');
      expect(await statusOf(id)).toBe(attempt < 3 ? 'queued' : 'dead');
    }
    expect(await bench.row(id)).toMatchObject({
      attempts: 3,
      last_error: 'poison: 3 workers ended while on it',
    });
    expect(ran).toEqual([id]);
  });

  it('keep their lease for as long as their worker lives', async () => {
    const id = await bench.enqueue('long');
    const { runs, run } = held();
    await bench.worker(run);
    await until(() => runs.length === 1);
    const before = (await bench.row(id!)).lease_until!;
    bench.advance(20_000);
    await until(async () => (await bench.row(id!)).lease_until! > before + 15_000);
    bench.advance(20_000);
    await until(async () => (await bench.row(id!)).lease_until! > before + 35_000);
    runs[0]!.end();
    await becomes(id, 'done');
    expect((await bench.row(id!)).attempts).toBe(1);
  });

  it('are sent again when the carrier lost them', async () => {
    const { queue } = bench.container;
    const send = queue.send;
    queue.send = async () => {
      throw new Error('the carrier is away');
    };
    const names = Array.from({ length: 250 }, (_, index) => `lost ${index}`);
    await bench.container.jobs.write(ACCOUNTS, async (_trx, { enqueue }) => {
      for (const name of names) await enqueue(testJob, { name });
    });
    queue.send = send;
    await bench.worker(async () => {});
    await until(async () => {
      bench.advance(1000);
      return (await bench.rows()).every(({ status }) => status === 'done');
    });
    expect((await bench.rows()).map(({ attempts }) => attempts)).toEqual(names.map(() => 1));
  });

  it('wait for their time', async () => {
    const id = await bench.enqueue('later', { runAt: bench.container.now() + 3_600_000 });
    const other = await bench.enqueue('now');
    await bench.worker(async () => {});
    await becomes(other, 'done');
    expect(await statusOf(id)).toBe('queued');
    bench.advance(3_620_000);
    await becomes(id, 'done');
  });

  it('with a unique key are one, however often they are asked for', async () => {
    const asked = await Promise.all([1, 2, 3].map(() => bench.enqueue('once', { uniqueKey: 'key' })));
    expect(asked.filter(Boolean)).toHaveLength(1);
    await bench.worker(async () => {});
    await becomes(asked.find(Boolean)!, 'done');
    expect(await bench.enqueue('once', { uniqueKey: 'key' })).toBeNull();
  });

  it('of a slot run once, whoever schedules them', async () => {
    const ran: string[] = [];
    const schedules = [{ definition: testJob, payload: { name: 'slot' }, everyMs: 3_600_000 }];
    for (let worker = 0; worker < 5; worker += 1)
      await bench.worker(async ({ id }) => void ran.push(id), { schedules, name: `w${worker}` });
    await until(() => ran.length === 1);
    bench.advance(3_600_000);
    await until(() => ran.length === 2);
    bench.advance(3_600_000);
    await until(() => ran.length === 3);
    const rows = await bench.rows();
    expect(rows.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(new Set(ran).size).toBe(3);
  });

  it('stop when they are cancelled, and write nothing', async () => {
    const waiting = await bench.enqueue('waiting', { uniqueKey: 'a', runAt: bench.container.now() + 60_000 });
    const running = await bench.enqueue('running', { uniqueKey: 'b' });
    const { runs, run } = held();
    await bench.worker(run);
    await until(() => runs.length === 1);
    const cancel = (key: string) => bench.container.jobs.write(ACCOUNTS, (_trx, jobs) => jobs.cancel(key));
    expect([await cancel('a'), await cancel('b'), await cancel('b')]).toEqual([true, true, false]);
    await until(() => runs[0]!.job.signal.aborted);
    await expect(addClinic(runs[0]!.job)).rejects.toBeInstanceOf(JobLost);
    expect([await statusOf(waiting), await statusOf(running), await clinics()]).toEqual([
      'cancelled',
      'cancelled',
      [],
    ]);
  });

  it('hear of a cancellation by the row when the hint was lost', async () => {
    const id = (await bench.enqueue('deaf'))!;
    const { runs, run } = held();
    await bench.worker(run);
    await until(() => runs.length === 1);
    await bench.container.database.write(ACCOUNTS, (trx) =>
      trx.updateTable('jobs').set({ status: 'cancelled' }).where('id', '=', id).execute(),
    );
    await until(() => runs[0]!.job.signal.aborted);
    expect(runs[0]!.job.signal.reason).toBeInstanceOf(JobLost);
  });

  it('that take too long fail, though their handler goes on', async () => {
    const id = await bench.enqueue('slow');
    const { run } = held();
    await bench.worker(run, { definition: { ...testJob, timeoutMs: 30 } });
    await until(async () => (await bench.row(id!)).last_error === 'no result within 30 ms');
  });

  it('with a payload of another shape are dead, and those of unknown types wait for a newer worker', async () => {
    const [odd, unknown] = [await bench.enqueue('odd'), await bench.enqueue('unknown')];
    await bench.container.database.write(ACCOUNTS, async (trx) => {
      await trx.updateTable('jobs').set({ payload: '{"x":1}' }).where('id', '=', odd!).execute();
      await trx.updateTable('jobs').set({ type: 'of.tomorrow' }).where('id', '=', unknown!).execute();
    });
    await bench.worker(async () => {});
    await becomes(odd, 'dead');
    await until(async () => (await bench.row(unknown!)).last_error !== null);
    expect(await bench.row(unknown!)).toMatchObject({
      status: 'queued',
      last_error: 'no handler for this type',
    });
  });

  it('tell how far they are', async () => {
    const heard: string[] = [];
    const { runs, run } = held();
    const id = await bench.enqueue('progress');
    await bench.container.live.subscribe(`job:${id}`, (message) => void heard.push(message));
    await bench.worker(run);
    await until(() => runs.length === 1);
    await runs[0]!.job.progress(40);
    expect([heard, (await bench.row(id!)).progress]).toEqual([['40'], 40]);
    runs[0]!.end();
    await becomes(id, 'done');
  });

  it('are given back free of charge by a worker that stops', async () => {
    const id = await bench.enqueue('begun');
    const { runs, run } = held();
    const worker = await bench.worker(run);
    await until(() => runs.length === 1);
    await worker.stop();
    expect(await bench.row(id!)).toMatchObject({ status: 'queued', attempts: 0, worker: null });
  });

  it('are counted, and a worker that takes none of them is stuck', async () => {
    let restarts = 0;
    const { database, now, queue } = bench.container;
    queue.send = async () => {};
    const worker = await bench.worker(async () => {}, { onStuck: () => (restarts += 1) });
    const id = await bench.enqueue('waits');
    expect(worker.isStuck()).toBe(false);
    bench.advance(70_000);
    await until(() => worker.isStuck());
    expect(restarts).toBe(1);
    const health = await queueHealth(database.read(ACCOUNTS), now(), [testJob.type]);
    expect(health).toMatchObject({
      counts: [{ status: 'queued', type: testJob.type, count: 1 }],
      queued: 1,
      running: 0,
      dead: 0,
      lastDone: [{ type: testJob.type, at: null }],
    });
    expect(health.oldestDueMs).toBeGreaterThanOrEqual(70_000);
    await database.write(ACCOUNTS, (trx) => trx.deleteFrom('jobs').where('id', '=', id).execute());
    await until(() => !worker.isStuck());
  });
});

describe('definitions and handlers', () => {
  it('are one to one, or the program does not start', () => {
    const handler = handled(testJob, async () => ({ run: async () => {} }));
    expect(() => createRegistry([testJob], [])).toThrow(testJob.type);
    expect(() => createRegistry([], [handler])).toThrow(testJob.type);
    expect(() => createRegistry([testJob], [handler, handler])).toThrow(testJob.type);
    expect(createRegistry([testJob], [handler]).jobs.size).toBe(1);
  });
});

describe('the pause before a retry', () => {
  it('is anything up to a bound that doubles up to a maximum', () => {
    const bounds = [1, 2, 3, 4, 9].map((attempt) =>
      backoffMs({ firstMs: 1000, maxMs: 4000 }, attempt, () => 1),
    );
    expect(bounds).toEqual([1000, 2000, 4000, 4000, 4000]);
    expect(backoffMs({ firstMs: 1000, maxMs: 4000 }, 3, () => 0.25)).toBe(1000);
  });
});
