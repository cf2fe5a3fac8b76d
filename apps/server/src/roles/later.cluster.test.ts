import { afterAll, beforeAll } from 'vitest';
import { type Postgres, startPostgres } from '../../../../testbed/postgres.ts';
import { laterBuildSuite } from '../../test/later-suite.ts';

let pg: Postgres;
beforeAll(async () => {
  pg = await startPostgres();
});
afterAll(() => pg?.stop());

laterBuildSuite('PostgreSQL', async () => ({ DATABASE_URL: pg.url(await pg.createDatabase()) }));
