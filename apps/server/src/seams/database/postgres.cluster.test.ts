import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PgBouncer, startPgBouncer } from '../../../../../testbed/pgbouncer.ts';
import { type Postgres, startPostgres } from '../../../../../testbed/postgres.ts';
import { until } from '../../../../../testbed/process.ts';
import { startTcpProxy } from '../../../../../testbed/tcp-proxy.ts';
import { createAuthority } from '../../../../../testbed/tls.ts';
import { newId } from '../../ids.ts';
import { databaseContract } from './contract.ts';
import { ACCOUNTS, DatabaseUnavailable, type Executor } from './port.ts';
import { type PostgresOptions, postgresDatabase } from './postgres.ts';

const log = pino({ level: 'silent' });
const none = { directUrl: null, replicaUrls: [], marks: null, log };

let pg: Postgres;
let bouncer: PgBouncer;
beforeAll(async () => {
  pg = await startPostgres();
  bouncer = await startPgBouncer({ postgres: pg, poolSize: 4 });
});
afterAll(async () => {
  await bouncer?.stop();
  await pg?.stop();
});

const addClinic = (id: string) => (trx: Executor) =>
  trx.insertInto('clinics').values({ id, name: 'Clinic', created_at: 0 }).execute();

/** Migrated, in a database of its own; `url` makes the pooled URL of the direct one. */
async function open(url = (direct: string) => direct, options: Partial<PostgresOptions> = {}) {
  const direct = pg.url(await pg.createDatabase());
  const database = postgresDatabase({ ...none, directUrl: direct, ...options, url: url(direct) });
  await database.migrate();
  return Object.assign(database, { direct, [Symbol.asyncDispose]: () => database.close() });
}

databaseContract('postgres', async () =>
  postgresDatabase({ ...none, url: pg.url(await pg.createDatabase()) }),
);

databaseContract('postgres through PgBouncer', async () => {
  const name = await pg.createDatabase();
  return postgresDatabase({ ...none, url: bouncer.url(name), directUrl: pg.url(name) });
});

describe('several instances', () => {
  it('migrate once when twenty start together', async () => {
    const url = pg.url(await pg.createDatabase());
    const instances = Array.from({ length: 20 }, () => postgresDatabase({ ...none, url }));
    const ran = await Promise.all(instances.map((instance) => instance.migrate()));
    const some = ran.filter((names) => names.length > 0);
    expect(some).toHaveLength(1);
    expect(some[0]).toContain('001-foundation');
    await Promise.all(instances.map((instance) => instance.close()));
  });

  it('write to a clinic one after the other', async () => {
    await using first = await open();
    await using second = await open(() => first.direct);
    const clinicId = newId();
    await first.write(clinicId, addClinic(clinicId));
    const increment = (database: typeof first) =>
      database.write(clinicId, async (trx) => {
        const clinics = trx.selectFrom('clinics').select('created_at').where('id', '=', clinicId);
        const { created_at } = await clinics.executeTakeFirstOrThrow();
        await trx
          .updateTable('clinics')
          .set({ created_at: created_at + 1 })
          .where('id', '=', clinicId)
          .execute();
        return created_at;
      });
    const seen = await Promise.all(
      [first, second].flatMap((one) => Array.from({ length: 10 }, () => increment(one))),
    );
    expect(new Set(seen).size).toBe(20);
  });
});

describe('when a connection breaks', () => {
  const endAll = (direct: string) =>
    pg.primary.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${new URL(direct).pathname.slice(1)}'`,
    );

  it('reads go on', async () => {
    await using database = await open();
    await database.ping();
    await database.read(ACCOUNTS).selectFrom('clinics').selectAll().execute();
    await endAll(database.direct);
    expect(await database.read(ACCOUNTS).selectFrom('clinics').selectAll().execute()).toEqual([]);
    await database.ping();
  });

  it('a transaction is done again, whatever the work makes of the error', async () => {
    await using database = await open();
    const id = newId();
    let attempts = 0;
    await database.write(newId(), async (trx) => {
      attempts += 1;
      await addClinic(id)(trx);
      if (attempts === 1) await endAll(database.direct);
      await trx
        .selectFrom('clinics')
        .selectAll()
        .execute()
        .catch(() => {
          throw new Error('of the work');
        });
    });
    expect(attempts).toBe(2);
    expect(await database.read(ACCOUNTS).selectFrom('clinics').select('id').execute()).toEqual([{ id }]);
    expect(database.stats().retries).toBe(1);
  });

  it('an error of the work itself is not repeated', async () => {
    await using database = await open();
    let attempts = 0;
    const work = database.write(newId(), async () => {
      attempts += 1;
      throw new Error('of the work');
    });
    await expect(work).rejects.toThrow('of the work');
    expect(attempts).toBe(1);
  });

  it('work that goes on after a failed query is not taken for committed', async () => {
    await using database = await open();
    const id = newId();
    const work = database.write(newId(), async (trx) => {
      await addClinic(id)(trx);
      await addClinic(id)(trx).catch(() => {});
    });
    await expect(work).rejects.toThrow('nothing was committed');
    expect(await database.read(ACCOUNTS).selectFrom('clinics').selectAll().execute()).toEqual([]);
  });

  it('a commit without an answer is reported as unknown, and not repeated', async () => {
    await using proxy = await startTcpProxy({ host: pg.primary.host, port: pg.primary.port });
    const through = (direct: string) => {
      const url = new URL(direct);
      url.port = String(proxy.port);
      return url.href;
    };
    await using database = await open(through, { statementTimeoutMs: 300 });
    const id = newId();
    let attempts = 0;
    const work = database.write(newId(), async (trx) => {
      attempts += 1;
      await addClinic(id)(trx);
      proxy.blackhole();
    });
    await expect(work).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcome: 'unknown' });
    expect(attempts).toBe(1);
    // What was under way arrives in the end: the truth was that it would be committed.
    proxy.restore();
    const ids = () => database.read(ACCOUNTS).selectFrom('clinics').select('id').execute();
    await until('the commit to arrive', async () => (await ids()).length > 0);
    expect(await ids()).toEqual([{ id }]);
  });
});

describe('limits', () => {
  const sleep = (db: Executor) => db.selectNoFrom((e) => e.fn('pg_sleep', [e.val(20)]).as('slept')).execute();

  it.each(['direct', 'pooled'])('ends what takes too long: %s', async (way) => {
    const pooled = (direct: string) => bouncer.url(new URL(direct).pathname.slice(1));
    await using database = await open(way === 'pooled' ? pooled : undefined, { statementTimeoutMs: 200 });
    const unavailable = { name: 'DatabaseUnavailable', outcome: 'none' };
    await expect(sleep(database.read(ACCOUNTS))).rejects.toMatchObject(unavailable);
    await expect(database.write(ACCOUNTS, sleep)).rejects.toMatchObject(unavailable);
    await database.write(ACCOUNTS, addClinic(newId()));
  });

  it('gives up on a server that is not there', async () => {
    const database = postgresDatabase({ ...none, url: 'postgres://mozarela@127.0.0.1:1/mozarela' });
    const read = database.read(ACCOUNTS).selectFrom('clinics').selectAll().execute();
    const write = database.write(ACCOUNTS, addClinic(newId()));
    const outcomes = await Promise.allSettled([read, write]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseUnavailable) });
    await expect(database.ping()).rejects.toThrow('ECONNREFUSED');
    await database.close();
  });

  it('answers a ping while the pool is full', async () => {
    await using database = await open(undefined, { poolSize: 1 });
    let ping: Promise<void> | undefined;
    await database.write(ACCOUNTS, async () => {
      ping = database.ping();
      await ping;
    });
    await expect(ping).resolves.toBeUndefined();
  });
});

describe('TLS', () => {
  let secure: Postgres;
  beforeAll(async () => {
    secure = await startPostgres({ tls: true });
  });
  afterAll(() => secure?.stop());
  const ping = async (url: string) => {
    const database = postgresDatabase({ ...none, url });
    try {
      await database.migrate();
      await database.ping();
      await database.read(ACCOUNTS).selectFrom('clinics').selectAll().execute();
    } finally {
      await database.close();
    }
  };

  it('is used when the URL names the authority', async () => {
    expect(secure.url()).toContain('sslmode=verify-full');
    await ping(secure.url());
  });

  it('fails with another authority, by another name, and without TLS', async () => {
    const url = new URL(secure.url());
    url.searchParams.set('sslrootcert', (await createAuthority()).caFile);
    await expect(ping(url.href)).rejects.toThrow(/self.signed|signature|issuer|first certificate/);
    const address = new URL(secure.url());
    address.hostname = '127.0.0.1';
    await expect(ping(address.href)).rejects.toThrow(/altnames/);
    const plain = new URL(secure.url());
    plain.search = '';
    await expect(ping(plain.href)).rejects.toThrow('no encryption');
  });

  it.each(['require', 'prefer', 'verify-ca', 'allow'])(
    'refuses sslmode=%s, which drivers read differently',
    (mode) => {
      const url = `postgres://mozarela:secret@localhost/mozarela?sslmode=${mode}`;
      expect(() => postgresDatabase({ ...none, url })).toThrow(/^must have the sslmode/);
    },
  );

  it('refuses what is no URL of PostgreSQL, without repeating it', () => {
    for (const url of ['mysql://u:secret@h/d', 'secret'])
      expect(() => postgresDatabase({ ...none, url })).toThrow(/^must be a postgres/);
  });
});
