/** The whole program in one process: migrations, API, client. */
import type { Server } from 'node:http';
import { apiRoutes } from '../api.ts';
import { cleanHourly } from '../cleanup.ts';
import type { Config } from '../config.ts';
import { type Container, createContainer, type Overrides } from '../container.ts';
import { warmUpEngine } from '../features/analyses/engine.ts';
import { authenticateToken } from '../features/auth/service.ts';
import { announceSetup } from '../features/auth/setup.ts';
import { type Readiness, readinessOf } from '../features/health/service.ts';
import { createApp } from '../http/app.ts';
import { operationsListener } from '../http/operations.ts';
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
    const readiness = readinessOf(container);
    const app = createApp({
      ports: container,
      bindings: apiRoutes(container, readiness),
      authenticate: (token) => authenticateToken(container, token),
    });
    const server = await listen(app, config.http);
    const url = urlOf(server);
    const operations = await listenForOperators(container, readiness);
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
        await drain(server, config.shutdownGraceMs);
        await cleaning.stop();
        if (operations) await drain(operations, 0);
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

/** The port for measurements and health, when one is configured. */
async function listenForOperators(
  container: Container,
  readiness: () => Promise<Readiness>,
): Promise<Server | null> {
  const { metricsPort, http } = container.config;
  if (metricsPort === null) return null;
  const server = await listen(operationsListener(container, readiness), {
    host: http.host,
    port: metricsPort,
  });
  container.log.info({ url: urlOf(server) }, 'listening for operators');
  return server;
}
