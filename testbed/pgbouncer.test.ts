import { Client, Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PgBouncer, startPgBouncer } from './pgbouncer.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { queryOnce } from './postgres-server.ts';
import { until } from './process.ts';

let pg: Postgres;
let bouncer: PgBouncer;

beforeAll(async () => {
  pg = await startPostgres({ replicas: 1 });
  bouncer = await startPgBouncer({ postgres: pg, poolSize: 2 });
});
afterAll(async () => {
  await bouncer?.stop();
  await pg?.stop();
});

const ask = (sql: string) => queryOnce<Record<string, unknown>>(bouncer.url(), sql);

test('many clients share the few connections of the pool, transaction by transaction', async () => {
  const pool = new Pool({ connectionString: bouncer.url(), max: 20 });
  const answers = await Promise.all(
    Array.from({ length: 60 }, () =>
      pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid, pg_sleep(0.01)'),
    ),
  );
  expect(new Set(answers.map((answer) => answer.rows[0]!.pid)).size).toBeLessThanOrEqual(2);
  await pool.end();
});

test('a transaction keeps its connection, and SET LOCAL ends with it', async () => {
  const client = new Client({ connectionString: bouncer.url() });
  await client.connect();
  await client.query('BEGIN');
  await client.query(`SET LOCAL statement_timeout = '1234ms'`);
  expect((await client.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '1234ms' }]);
  await client.query('COMMIT');
  expect((await client.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '0' }]);
  await client.end();
});

test('named prepared statements fail, as before PgBouncer 1.21, and unnamed ones work', async () => {
  const clients = [1, 2].map(() => new Client({ connectionString: bouncer.url() }));
  await Promise.all(clients.map((client) => client.connect()));
  const [first, second] = clients as [Client, Client];
  const named = { name: 'one', text: 'SELECT $1::int AS n', values: [1] };
  await first.query(named);
  // The second connection of the pool has not prepared it.
  await second.query('BEGIN');
  await second.query('SELECT 1');
  const outcomes = await Promise.allSettled([first.query(named), second.query(named)]);
  expect(outcomes.some((outcome) => outcome.status === 'rejected')).toBe(true);
  await second.query('ROLLBACK');
  expect((await second.query('SELECT $1::int AS n', [7])).rows).toEqual([{ n: 7 }]);
  await Promise.all(clients.map((client) => client.end()));
});

test('start-up parameters other than the usual are refused', async () => {
  const client = new Client({ connectionString: bouncer.url(), statement_timeout: 1000 });
  client.on('error', () => {});
  await expect(client.connect()).rejects.toThrow('unsupported startup parameter: statement_timeout');
});

test('it comes back after a restart', async () => {
  await bouncer.stop();
  await expect(ask('SELECT 1')).rejects.toThrow('ECONNREFUSED');
  await bouncer.start();
  expect(await ask('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('after a fail-over it leads the same clients to the new primary', async () => {
  const pool = new Pool({ connectionString: bouncer.url(), max: 4 });
  pool.on('error', () => {});
  await pool.query('CREATE TABLE kept AS SELECT 1 AS id');
  await pg.replicas[0]!.caughtUpWith(pg.primary);
  await pg.primary.kill();
  await pg.promote();
  await bouncer.retarget(pg.primary);
  let rows: unknown[] = [];
  await until('writes through PgBouncer', async () => {
    rows = (await pool.query('INSERT INTO kept VALUES (2) RETURNING inet_server_port() AS port')).rows;
    return true;
  });
  expect(rows).toEqual([{ port: pg.primary.port }]);
  await pool.end();
});

test('it reaches a TLS-only server by verify-full', async () => {
  await using secure = await startPostgres({ tls: true });
  await using front = await startPgBouncer({ postgres: secure });
  const sql = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
  expect(await queryOnce(front.url(), sql)).toEqual([{ ssl: true }]);
});
