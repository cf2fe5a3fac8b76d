/** The whole program in one process: migrations, API, client. */
import { apiRoutes } from '../api.ts';
import { cleanHourly } from '../cleanup.ts';
import type { Config } from '../config.ts';
import { createContainer, type Overrides } from '../container.ts';
import { warmUpEngine } from '../features/analyses/engine.ts';
import { authenticateToken } from '../features/auth/service.ts';
import { announceSetup } from '../features/auth/setup.ts';
import { createApp } from '../http/app.ts';
import { drain, listen, urlOf } from '../http/server.ts';
import { describeError, type Log } from '../telemetry/log.ts';

export type Running = {
  url: string;
  /** Answers 503 for readiness, finishes open requests, then closes every part in the reverse order of its start. */
  stop(): Promise<void>;
};

export async function start(
  config: Config,
  _args: string[] = [],
  overrides: Overrides = {},
): Promise<Running> {
  const container = await createContainer(config, overrides);
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
    const cleaning = cleanHourly(container);
    warmUp(log);
    return {
      url,
      async stop() {
        container.drain();
        log.info('stopping');
        await drain(server);
        await cleaning.stop();
        await container.close();
        log.info('stopped');
      },
    };
  } catch (error) {
    await container.close();
    throw error;
  }
}

/** The first vet should not wait for the knowledge base: it is read as soon as the process listens. */
function warmUp(log: Log): void {
  warmUpEngine().catch((error: unknown) => log.error({ error: describeError(error) }, 'no knowledge base'));
}
