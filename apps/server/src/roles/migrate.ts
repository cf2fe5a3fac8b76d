/** Brings the database up to date and ends. */
import type { Config } from '../config.ts';
import { createContainer } from '../container.ts';

export async function start(config: Config): Promise<void> {
  const container = await createContainer(config);
  try {
    container.log.info({ migrations: await container.database.migrate() }, 'migrated');
  } finally {
    await container.close();
  }
}
