import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Postgres, startPostgres } from './postgres.ts';
import { queryOnce } from './postgres-server.ts';
import { createAuthority } from './tls.ts';

async function ask(url: string, sql: string, ssl?: object): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000, ...(ssl && { ssl }) });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a primary and two replicas', () => {
  let pg: Postgres;
  beforeAll(async () => {
    pg = await startPostgres({ replicas: 2, synchronous: true });
    await ask(pg.url(), 'CREATE TABLE note (body text)');
  });
  afterAll(() => pg?.stop());

  test('the application is no superuser and owns its database', async () => {
    expect(
      await ask(pg.url(), 'SELECT current_user AS who, usesuper FROM pg_user WHERE usename = current_user'),
    ).toEqual([{ who: 'mozarela', usesuper: false }]);
    const database = await pg.createDatabase();
    await ask(pg.url(database), 'CREATE TABLE own (id int); CREATE EXTENSION unaccent');
  });

  test('replicas see a write and refuse one', async () => {
    await ask(pg.url(), `INSERT INTO note VALUES ('seen')`);
    for (const replica of pg.replicas) {
      await replica.caughtUpWith(pg.primary);
      expect(await ask(replica.url(), 'SELECT body FROM note')).toEqual([{ body: 'seen' }]);
      await expect(ask(replica.url(), `INSERT INTO note VALUES ('no')`)).rejects.toThrow('read-only');
    }
  });

  test('a replica can lag on purpose', async () => {
    const replica = pg.replicas[0]!;
    await replica.pauseReplay();
    await ask(pg.url(), `INSERT INTO note VALUES ('late')`);
    await expect(replica.caughtUpWith(pg.primary, 300)).rejects.toThrow('in vain');
    expect(await ask(replica.url(), 'SELECT body FROM note')).toHaveLength(1);
    await replica.resumeReplay();
    await replica.caughtUpWith(pg.primary);
    expect(await ask(replica.url(), 'SELECT body FROM note')).toHaveLength(2);
  });

  test('a frozen server answers nobody, open connections included, and goes on afterwards', async () => {
    const client = new Client({ connectionString: pg.url() });
    await client.connect();
    pg.primary.freeze();
    let answered = false;
    const answer = client.query('SELECT 1 AS one').then((result) => {
      answered = true;
      return result.rows;
    });
    await expect(ask(pg.url(), 'SELECT 1')).rejects.toThrow(/timeout/);
    expect(answered).toBe(false);
    pg.primary.unfreeze();
    expect(await answer).toEqual([{ one: 1 }]);
    await client.end();
  });

  test('a stopped server refuses, a restarted one has its data', async () => {
    await pg.primary.stop();
    await expect(ask(pg.url(), 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await pg.primary.start();
    expect(await ask(pg.url(), 'SELECT body FROM note')).toHaveLength(2);
  });

  test('after kill -9 a replica takes over with every acknowledged write, and the other follows', async () => {
    const old = pg.primary;
    for (let i = 0; i < 50; i += 1) await ask(pg.url(), `INSERT INTO note VALUES ('acknowledged')`);
    await old.kill();
    const promoted = await pg.promote();
    expect(promoted).toBe(pg.primary);
    expect(await ask(pg.url(), 'SELECT body FROM note')).toHaveLength(52);
    await ask(pg.url(), `INSERT INTO note VALUES ('after')`);
    const [follower] = pg.replicas;
    await follower!.caughtUpWith(pg.primary);
    expect(await ask(follower!.url(), 'SELECT body FROM note')).toHaveLength(53);
    const added = await pg.addReplica();
    expect(await ask(added.url(), 'SELECT body FROM note')).toHaveLength(53);

    // Down to the last one, which has nobody to wait for.
    for (const server of [pg.primary, follower!]) await server.kill();
    expect(await pg.promote()).toBe(added);
    expect(pg.replicas).toEqual([]);
    await ask(pg.url(), `INSERT INTO note VALUES ('alone')`);
  });
});

describe('TLS', () => {
  let pg: Postgres;
  beforeAll(async () => {
    pg = await startPostgres({ tls: true, replicas: 1 });
  });
  afterAll(() => pg?.stop());

  test('verify-full succeeds with the authority, on the primary and on its replica', async () => {
    expect(pg.url()).toContain('sslmode=verify-full');
    const sql = 'SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    for (const server of [pg.primary, ...pg.replicas]) {
      expect(await ask(server.url(), sql)).toEqual([{ ssl: true, version: 'TLSv1.3' }]);
    }
  });

  test('it fails without the authority, with another, and by a name the certificate does not have', async () => {
    const plain = new URL(pg.url());
    plain.search = '';
    await expect(ask(plain.href, 'SELECT 1', { rejectUnauthorized: true })).rejects.toThrow(
      /self.signed|first certificate/,
    );
    const other = await createAuthority();
    await expect(ask(plain.href, 'SELECT 1', { ca: other.ca })).rejects.toThrow(
      /self.signed|signature|issuer|first certificate/,
    );
    plain.hostname = '127.0.0.1';
    await expect(ask(plain.href, 'SELECT 1', { ca: pg.authority!.ca })).rejects.toThrow(/altnames/);
  });

  test('plain text is refused', async () => {
    const plain = new URL(pg.url());
    plain.search = '';
    await expect(ask(plain.href, 'SELECT 1')).rejects.toThrow(/no encryption/);
  });
});

test('a server given by the environment is used, in databases of its own', async () => {
  await using real = await startPostgres();
  process.env.TESTBED_POSTGRES_URL = real.primary.adminUrl();
  try {
    const given = await startPostgres();
    await ask(given.url(), 'CREATE TABLE mine (id int)');
    await expect(given.primary.kill()).rejects.toThrow('not the test bed');
    const count = `SELECT count(*)::int AS n FROM pg_database WHERE datname LIKE 'testbed%'`;
    expect(await queryOnce(real.primary.adminUrl(), count)).toEqual([{ n: 1 }]);
    await given.stop();
    expect(await queryOnce(real.primary.adminUrl(), count)).toEqual([{ n: 0 }]);
  } finally {
    delete process.env.TESTBED_POSTGRES_URL;
  }
});
