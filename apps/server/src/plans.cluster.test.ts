import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { type Postgres, startPostgres } from '../../../testbed/postgres.ts';
import { plansSuite } from '../test/plans-suite.ts';
import { postgresDatabase } from './seams/database/postgres.ts';

let pg: Postgres;
beforeAll(async () => {
  pg = await startPostgres();
});
afterAll(() => pg?.stop());

plansSuite('postgres', {
  open: async () => {
    const url = pg.url(await pg.createDatabase());
    const log = pino({ level: 'silent' });
    return postgresDatabase({ url, directUrl: null, replicaUrls: [], marks: null, log });
  },
  explain: 'explain',
  prepare: 'analyze',
});
