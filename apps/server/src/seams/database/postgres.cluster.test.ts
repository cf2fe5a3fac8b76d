import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PgBouncer, startPgBouncer } from '../../../../../testbed/pgbouncer.ts';
import { type Postgres, startPostgres } from '../../../../../testbed/postgres.ts';
import { databaseContract } from './contract.ts';
import { postgresDatabase } from './postgres.ts';

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

databaseContract('postgres', async () =>
  postgresDatabase({ ...none, url: pg.url(await pg.createDatabase()) }),
);

databaseContract('postgres through PgBouncer', async () => {
  const name = await pg.createDatabase();
  return postgresDatabase({ ...none, url: bouncer.url(name), directUrl: pg.url(name) });
});

describe('migrations', () => {
  it('run once when twenty instances start together', async () => {
    const url = pg.url(await pg.createDatabase());
    const instances = Array.from({ length: 20 }, () => postgresDatabase({ ...none, url }));
    const ran = await Promise.all(instances.map((instance) => instance.migrate()));
    const some = ran.filter((names) => names.length > 0);
    expect(some).toHaveLength(1);
    expect(some[0]).toContain('001-foundation');
    await Promise.all(instances.map((instance) => instance.close()));
  });
});
