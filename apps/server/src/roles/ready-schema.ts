import type { Container } from '../container.ts';
import { LaterSchema } from '../seams/database/port.ts';

/**
 * Migrates, for roles that go on with the database. One that a later build has migrated will do: migrations only add
 * (docs/operations.md), and the old processes of a rolling upgrade, or of a rollback, must be able to start.
 * @returns what it ran
 */
export async function readySchema({ database, log }: Pick<Container, 'database' | 'log'>): Promise<string[]> {
  try {
    return await database.migrate();
  } catch (error) {
    if (!(error instanceof LaterSchema)) throw error;
    log.warn({ migrations: error.migrations }, 'a later build has migrated the database: going on with it');
    return [];
  }
}
