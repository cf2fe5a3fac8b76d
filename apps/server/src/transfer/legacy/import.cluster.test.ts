import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { type Postgres, startPostgres } from '../../../../../testbed/postgres.ts';
import { postgresDatabase } from '../../seams/database/postgres.ts';
import { legacyImportContract } from './contract.ts';

let pg: Postgres;
beforeAll(async () => {
  pg = await startPostgres();
});
afterAll(() => pg?.stop());

let databases = 0;
legacyImportContract('postgres', async () => {
  databases += 1;
  const url = pg.url(await pg.createDatabase(`import_${databases}`));
  const log = pino({ level: 'silent' });
  const database = postgresDatabase({ url, directUrl: null, replicaUrls: [], marks: null, log });
  await database.migrate();
  return database;
});
