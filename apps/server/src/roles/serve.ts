/** What the long-running roles share: they start one after another what they are made of, and stop it in reverse. */
import type { Server } from 'node:http';
import { apiRoutes } from '../api.ts';
import type { Config } from '../config.ts';
import { type Container, createContainer, type Overrides } from '../container.ts';
import { measureAi } from '../features/ai/counters.ts';
import { warmUpEngine } from '../features/analyses/engine.ts';
import { authenticateToken } from '../features/auth/service.ts';
import { announceSetup } from '../features/auth/setup.ts';
import { type Readiness, readinessOf } from '../features/health/service.ts';
import { measureJobs } from '../features/jobs/gauges.ts';
import { isUnattended } from '../features/jobs/health.ts';
import { startWorker, type Worker } from '../features/jobs/worker.ts';
import { measureOutbox } from '../features/outbox/gauges.ts';
import { relayEvents } from '../features/outbox/relay.ts';
import { keepStatistics } from '../features/statistics/count.ts';
import { createApp } from '../http/app.ts';
import { operationsListener } from '../http/operations.ts';
import { drain, listen, urlOf } from '../http/server.ts';
import { createJobRegistry } from '../jobs.ts';
import { ACCOUNTS } from '../seams/database/port.ts';
import { describeError, type Log } from '../telemetry/log.ts';
import { measureParts } from '../telemetry/parts.ts';
import { readySchema } from './ready-schema.ts';

export type Running = {
  /** Of the API; empty for a role that has none. */
  url: string;
  /** Answers 503 for readiness, finishes open requests and jobs, then closes every part in the reverse order of its start. */
  stop(): Promise<void>;
};

export type Duties = {
  /** The API and the client. */
  http: boolean;
  /** Background work. */
  work: boolean;
  /** When work waits and this process, though free, takes none: only a restart helps. */
  onStuck?: () => void;
};

type Stop = () => Promise<void>;

export async function serve(config: Config, overrides: Overrides, duties: Duties): Promise<Running> {
  const container = await createContainer(config, overrides);
  const stops: Stop[] = [() => container.close()];
  const stopAll = async () => {
    for (const stop of stops.toReversed()) await stop();
  };
  try {
    const url = await startDuties(container, duties, stops);
    return {
      url,
      async stop() {
        container.drain();
        container.log.info('stopping');
        await stopAll();
        container.log.info('stopped');
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** @param stops gets a line for each thing started @returns the address of the API, or nothing */
async function startDuties(container: Container, duties: Duties, stops: Stop[]): Promise<string> {
  const { config, database, log, adapters } = container;
  const migrations = await readySchema(container);
  if (migrations.length > 0) log.info({ migrations }, 'migrated');
  const registry = createJobRegistry(container);
  measureParts(container);
  measureJobs(container, registry);
  measureOutbox(container);
  measureAi(container.metrics);
  let worker: Worker | undefined;
  const readiness = readinessOf(container, () =>
    duties.work ? (worker?.isStuck() ?? false) : isUnattended(database.read(ACCOUNTS), container.now()),
  );
  await listenForOperators(container, readiness, duties, stops);
  if (duties.work) {
    worker = await startWorker(container, registry, { onStuck: duties.onStuck });
    stops.push(worker.stop);
    // The bus keeps events for consumers it knows: they come first.
    stops.push((await keepStatistics(container)).stop);
    stops.push(relayEvents(container).stop);
  }
  const server = duties.http ? await serveHttp(container, readiness) : null;
  if (server) stops.push(() => drain(server, config.shutdownGraceMs));
  const url = server ? urlOf(server) : '';
  if (config.unused.length > 0) log.warn({ settings: config.unused }, 'these settings have no effect');
  const facts = { mode: config.mode, adapters, dataDir: config.dataDir, working: duties.work };
  log.info({ ...(url && { url }), ...facts }, url ? 'listening' : 'started');
  if (duties.http) await announceSetup(container);
  if (config.warmUp) warmUp(log);
  return url;
}

const serveHttp = (container: Container, readiness: () => Promise<Readiness>): Promise<Server> =>
  listen(
    createApp({
      ports: container,
      bindings: apiRoutes(container, readiness),
      authenticate: (token) => authenticateToken(container, token),
    }),
    container.config.http,
  );

/** The first vet should not wait for the knowledge base: it is read as soon as the process listens. */
function warmUp(log: Log): void {
  warmUpEngine().catch((error: unknown) => log.error({ error: describeError(error) }, 'no knowledge base'));
}

/**
 * Measurements and health: on a port of their own, and on the PORT of a process that has no API. An instance that was
 * given no port for them does without when another one on the machine has it.
 * @param stops gets a line for each port at once: the next one may fail
 */
async function listenForOperators(
  container: Container,
  readiness: () => Promise<Readiness>,
  { http: servesApi }: Duties,
  stops: Stop[],
): Promise<void> {
  const { config, log } = container;
  const { host, port, portGiven } = config.http;
  const wanted = [
    ...(config.metricsPort ? [config.metricsPort] : []),
    ...(!servesApi && portGiven ? [{ port, required: true }] : []),
  ];
  for (const { port, required } of wanted)
    try {
      const server = await listen(operationsListener(container, readiness), { host, port });
      log.info({ url: urlOf(server) }, 'listening for operators');
      stops.push(() => drain(server, 0));
    } catch (error) {
      if (required || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      log.warn({ port }, 'no measurements: METRICS_PORT is not set, and another process has the usual port');
    }
}
