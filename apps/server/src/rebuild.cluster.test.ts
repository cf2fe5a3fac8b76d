import { afterAll, beforeAll } from 'vitest';
import { type Postgres, startPostgres } from '../../../testbed/postgres.ts';
import { rebuildSuite } from '../test/rebuild-suite.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

rebuildSuite('postgres', () => ({ DATABASE_URL: postgres.url() }));
