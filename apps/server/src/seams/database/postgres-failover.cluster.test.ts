import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PgBouncer, startPgBouncer } from '../../../../../testbed/pgbouncer.ts';
import { type Postgres, startPostgres } from '../../../../../testbed/postgres.ts';
import { until } from '../../../../../testbed/process.ts';
import { newId } from '../../ids.ts';
import { memoryMarks } from './marks.ts';
import { ACCOUNTS, DatabaseUnavailable, type Scope } from './port.ts';
import { type PostgresDatabase, postgresDatabase } from './postgres.ts';

const BACK_WITHIN_MS = 10_000;
const WRITERS = 8;

let pg: Postgres;
let bouncer: PgBouncer;
let database: PostgresDatabase;

beforeEach(async () => {
  pg = await startPostgres({ replicas: 2, synchronous: true });
  bouncer = await startPgBouncer({ postgres: pg });
  database = postgresDatabase({
    url: bouncer.url(),
    directUrl: pg.url(),
    replicaUrls: pg.replicas.map((replica) => replica.url()),
    marks: memoryMarks(),
    log: pino({ level: 'silent' }),
  });
  await database.migrate();
});
afterEach(async () => {
  await database?.close();
  await bouncer?.stop();
  await pg?.stop();
});

const exists = async (scope: Scope, id: string) =>
  (await database.read(scope).selectFrom('clinics').select('id').where('id', '=', id).execute()).length === 1;

/** Writers that each read their own write at once, until stopped. */
function load() {
  const acknowledged: string[] = [];
  const refused: { id: string; error: unknown }[] = [];
  const unseen: string[] = [];
  let stopped = false;
  async function writer(scope: Scope): Promise<void> {
    while (!stopped) {
      const id = newId();
      try {
        await database.write(scope, (trx) =>
          trx.insertInto('clinics').values({ id, name: 'Clinic', created_at: 0 }).execute(),
        );
        acknowledged.push(id);
        if (!(await exists(scope, id))) unseen.push(id);
      } catch (error) {
        refused.push({ id, error });
      }
      await sleep(5);
    }
  }
  const running = Array.from({ length: WRITERS }, (_, index) => writer(index % 2 === 0 ? ACCOUNTS : newId()));
  return {
    acknowledged,
    async stop() {
      stopped = true;
      await Promise.all(running);
      return { refused, unseen };
    },
  };
}

/** Nothing acknowledged is missing, nothing refused is there, nobody missed an own write. */
async function expectNothingLost(work: ReturnType<typeof load>): Promise<void> {
  const { refused, unseen } = await work.stop();
  expect(unseen).toEqual([]);
  const rows = await database.read(ACCOUNTS).selectFrom('clinics').select('id').execute();
  const there = new Set(rows.map(({ id }) => id));
  expect(work.acknowledged.filter((id) => !there.has(id))).toEqual([]);
  for (const { id, error } of refused) {
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    if ((error as DatabaseUnavailable).outcome === 'none') expect(there.has(id)).toBe(false);
  }
  // Only those whose COMMIT was under way may be in doubt.
  expect(refused.length).toBeLessThanOrEqual(WRITERS);
}

const more = (work: ReturnType<typeof load>, count = 20) => {
  const target = work.acknowledged.length + count;
  return until('more writes', async () => work.acknowledged.length >= target, { withinMs: BACK_WITHIN_MS });
};

describe('under load', () => {
  it('a killed primary is replaced within seconds, and nothing acknowledged is lost', async () => {
    await until('the replicas to serve', async () => database.stats().replica_1_serving === 1);
    const work = load();
    await more(work, 50);
    await pg.primary.kill();
    await sleep(500);
    const promoted = await pg.promote();
    await bouncer.retarget(promoted);
    await more(work);
    await expectNothingLost(work);
    // The promoted one is no replica any more; the other follows it and answers again.
    const { replica_1_serving: first, replica_2_serving: second } = database.stats();
    expect((first ?? 0) + (second ?? 0)).toBeLessThanOrEqual(1);
    const scope = newId();
    const before = database.stats().replica_reads ?? 0;
    await until('the remaining replica to answer', async () => {
      await database.write(scope, (trx) => trx.updateTable('clinics').set({ name: 'New' }).execute());
      await sleep(600);
      await exists(scope, scope);
      return (database.stats().replica_reads ?? 0) > before;
    });
  });

  it('a restart of PgBouncer is survived', async () => {
    const work = load();
    await more(work);
    await bouncer.kill();
    await sleep(500);
    await bouncer.start();
    await more(work);
    await bouncer.restart();
    await more(work);
    await expectNothingLost(work);
  });

  it('a restart of the primary is survived', async () => {
    const work = load();
    await more(work);
    await pg.primary.restart();
    await more(work);
    await expectNothingLost(work);
  });

  it('a primary that became read-only is waited for', async () => {
    const work = load();
    await more(work);
    const behind = pg.replicas[0]!;
    await bouncer.retarget(behind);
    await sleep(1_000);
    await bouncer.retarget(pg.primary);
    await more(work);
    await expectNothingLost(work);
  });
});

describe('after a fail-over to a replica that had not received everything', () => {
  it('the other one, which is ahead and cannot follow, is not read', async () => {
    const [ahead, behind] = pg.replicas;
    await until('the replicas to serve', async () => database.stats().replica_1_serving === 1);
    const write = (scope: Scope, name: string) =>
      database.write(scope, (trx) =>
        trx
          .insertInto('clinics')
          .values({ id: scope, name, created_at: 0 })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ name }))
          .execute(),
      );
    await behind!.kill();
    for (let i = 0; i < 20; i += 1) await write(newId(), randomBytes(100_000).toString('hex'));
    await ahead!.caughtUpWith(pg.primary);
    await pg.primary.kill();
    await behind!.start();
    await bouncer.retarget(await pg.promote(behind));
    const scope = newId();
    for (let count = 0; count < 20; count += 1) {
      await write(scope, `${count}`);
      const row = await database
        .read(scope)
        .selectFrom('clinics')
        .select('name')
        .where('id', '=', scope)
        .executeTakeFirst();
      expect(row?.name).toBe(`${count}`);
    }
  });
});
