/** The whole program in one process: migrations, API, client. */
import { apiRoutes } from '../api.ts';
import type { Config } from '../config.ts';
import { createContainer, type Overrides } from '../container.ts';
import { authenticateToken } from '../features/auth/service.ts';
import { announceSetup } from '../features/auth/setup.ts';
import { createApp } from '../http/app.ts';
import { drain, listen, urlOf } from '../http/server.ts';

export type Running = {
  url: string;
  /** Answers 503 for readiness, finishes open requests, then closes every part in the reverse order of its start. */
  stop(): Promise<void>;
};

export async function start(config: Config, overrides: Overrides = {}): Promise<Running> {
  const container = createContainer(config, overrides);
  const { database, log, adapters } = container;
  try {
    const migrations = await database.migrate();
    if (migrations.length > 0) log.info({ migrations }, 'migrated');
    const app = createApp({
      ports: container,
      bindings: apiRoutes(container),
      authenticate: (token) => authenticateToken(container, token),
    });
    const server = await listen(app, config.http);
    const url = urlOf(server);
    if (config.unused.length > 0) log.warn({ settings: config.unused }, 'these settings have no effect');
    log.info({ url, mode: config.mode, adapters, dataDir: config.dataDir }, 'listening');
    await announceSetup(container);
    return {
      url,
      async stop() {
        container.drain();
        log.info('stopping');
        await drain(server);
        await container.close();
        log.info('stopped');
      },
    };
  } catch (error) {
    await container.close();
    throw error;
  }
}
