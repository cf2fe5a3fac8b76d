import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../../../../../testbed/postgres.ts';
import { until } from '../../../../../testbed/process.ts';
import { type SingleRedis, startRedis } from '../../../../../testbed/redis.ts';
import { newId } from '../../ids.ts';
import { databaseContract } from './contract.ts';
import type { WriteMarks } from './marks.ts';
import { redisMarks } from './marks-redis.ts';
import { type PostgresDatabase, postgresDatabase } from './postgres.ts';

const log = pino({ level: 'silent' });

let pg: Postgres;
let redisServer: SingleRedis;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  pg = await startPostgres({ replicas: 2 });
  // Private and without disk: what it knew is gone after a restart.
  redisServer = await startRedis({ password: 'private' });
});
afterAll(async () => {
  for (const part of opened) await part.close();
  await redisServer?.stop();
  await pg?.stop();
});

function connect(): Redis {
  const redis = new Redis(redisServer.url, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
  redis.on('error', () => {});
  opened.push({ close: async () => redis.disconnect() });
  return redis;
}

/** As in a Redis that has been up for longer than a mark lives. */
async function settledMarks(prefix: string): Promise<WriteMarks> {
  const redis = connect();
  for (let group = 0; group < 64; group += 1) await redis.set(`${prefix}{marks:${group}}:epoch`, '1');
  return redisMarks(redis, prefix);
}

function instance(name: string, marks: WriteMarks): PostgresDatabase {
  const database = postgresDatabase({
    url: pg.url(name),
    directUrl: null,
    replicaUrls: pg.replicas.map((replica) => replica.url(name)),
    marks,
    log,
  });
  opened.push(database);
  return database;
}

const serving = (database: PostgresDatabase) => {
  const { replica_1_serving: first = 0, replica_2_serving: second = 0 } = database.stats();
  return first + second;
};

const replicaReads = (database: PostgresDatabase) => database.stats().replica_reads ?? 0;

/** Two instances of one installation, with their replicas in rotation. */
async function twoInstances() {
  const name = await pg.createDatabase();
  const prefix = `${name}:`;
  const a = instance(name, await settledMarks(prefix));
  const b = instance(name, await settledMarks(prefix));
  await a.migrate();
  await until('the replicas to serve', async () => serving(a) === 2 && serving(b) === 2);
  return { a, b };
}

const append = (database: PostgresDatabase, clinicId: string, count: number) =>
  database.write(clinicId, (trx) =>
    trx
      .insertInto('clinics')
      .values({ id: clinicId, name: 'Clinic', created_at: count })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ created_at: count }))
      .execute(),
  );

async function countOf(database: PostgresDatabase, clinicId: string): Promise<number | undefined> {
  const query = database.read(clinicId).selectFrom('clinics').select('created_at').where('id', '=', clinicId);
  return (await query.executeTakeFirst())?.created_at;
}

databaseContract('postgres with two replicas', async () => {
  const name = await pg.createDatabase();
  const database = instance(name, await settledMarks(`${name}:`));
  // Else they would come too late for most of the contract.
  await database.migrate();
  await until('the replicas to serve', async () => serving(database) === 2);
  // Its afterAll closes it.
  opened.splice(opened.indexOf(database), 1);
  return database;
});

describe('replicas', () => {
  it('answer once they have what was written', async () => {
    const { a, b } = await twoInstances();
    const clinicId = newId();
    await append(a, clinicId, 1);
    await until('a replica to answer', async () => {
      expect(await countOf(b, clinicId)).toBe(1);
      return replicaReads(b) > 0;
    });
  });

  it('that lag are not asked for a clinic that wrote, by any instance, and leave the rotation in the end', async () => {
    const { a, b } = await twoInstances();
    const [busy, quiet] = [newId(), newId()];
    await append(a, quiet, 7);
    await until('the replicas to have the quiet clinic', async () => {
      await countOf(b, quiet);
      return replicaReads(b) > 0;
    });
    for (const replica of pg.replicas) await replica.pauseReplay();
    try {
      const before = replicaReads(b);
      for (let count = 1; count <= 20; count += 1) {
        await append(a, busy, count);
        expect(await countOf(b, busy)).toBe(count);
        expect(await countOf(a, busy)).toBe(count);
      }
      expect(replicaReads(b)).toBe(before);
      expect(await countOf(b, quiet)).toBe(7);
      expect(replicaReads(b)).toBe(before + 1);
      await until('the laggards to leave', async () => serving(a) + serving(b) === 0, { withinMs: 20_000 });
    } finally {
      for (const replica of pg.replicas) await replica.resumeReplay();
    }
    await until('them to come back', async () => serving(a) === 2 && serving(b) === 2);
    const before = replicaReads(b);
    expect(await countOf(b, busy)).toBe(20);
    expect(replicaReads(b)).toBe(before + 1);
  });

  it('that freeze hold nobody up for long', async () => {
    const { a } = await twoInstances();
    const clinicId = newId();
    await append(a, clinicId, 1);
    await until('a replica to answer', async () => {
      await countOf(a, clinicId);
      return replicaReads(a) > 0;
    });
    const [frozen] = pg.replicas;
    frozen!.freeze();
    try {
      expect(await Promise.all(Array.from({ length: 10 }, () => countOf(a, clinicId)))).toEqual(
        Array(10).fill(1),
      );
      await until('it to leave the rotation', async () => serving(a) === 1);
    } finally {
      frozen!.unfreeze();
    }
    await until('it to come back', async () => serving(a) === 2);
  });

  it('that die are replaced by the primary at once', async () => {
    const { a } = await twoInstances();
    const clinicId = newId();
    await append(a, clinicId, 1);
    for (const replica of pg.replicas) {
      await replica.kill();
      for (let count = 0; count < 10; count += 1) expect(await countOf(a, clinicId)).toBe(1);
    }
    expect(serving(a)).toBe(0);
    for (const replica of pg.replicas) await replica.start();
    await until('them to come back', async () => serving(a) === 2);
  });
});

describe('when Redis is lost', () => {
  it('no instance reads what is old, before, while and after it comes back empty', async () => {
    const { a, b } = await twoInstances();
    const clinicId = newId();
    await append(a, clinicId, 1);
    for (const replica of pg.replicas) await replica.pauseReplay();
    try {
      await append(a, clinicId, 2);
      expect(await countOf(b, clinicId)).toBe(2);
      await redisServer.kill();
      expect(await countOf(b, clinicId)).toBe(2);
      await append(a, clinicId, 3);
      expect(await countOf(a, clinicId)).toBe(3);
      expect(await countOf(b, clinicId)).toBe(3);
      await redisServer.start();
      for (const database of [a, b]) expect(await countOf(database, clinicId)).toBe(3);
      await append(b, clinicId, 4);
      for (const database of [a, b]) expect(await countOf(database, clinicId)).toBe(4);
    } finally {
      for (const replica of pg.replicas) await replica.resumeReplay();
    }
  });

  it('a frozen Redis delays neither reads nor writes for long', async () => {
    const { a, b } = await twoInstances();
    const clinicId = newId();
    redisServer.freeze();
    try {
      for (let count = 1; count <= 5; count += 1) {
        await append(a, clinicId, count);
        expect(await countOf(b, clinicId)).toBe(count);
      }
    } finally {
      redisServer.unfreeze();
    }
  });
});
