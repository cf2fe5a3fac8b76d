/** Servers by their address alone: what `move` writes into, and what `doctor` tries. */
import type { Database } from '../seams/database/port.ts';
import { postgresDatabase } from '../seams/database/postgres.ts';
import type { Log } from '../telemetry/log.ts';

/** A batch may be slow on a database that is busy with its indexes; nobody waits for an answer here. */
const STATEMENT_TIMEOUT_MS = 120_000;
const POOL_SIZE = 2;

/** @param url of the primary, without a pooler in between */
export const targetDatabase = (url: string, log: Log): Database =>
  postgresDatabase({
    url,
    directUrl: null,
    replicaUrls: [],
    marks: null,
    poolSize: POOL_SIZE,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    log,
  });

/** @param url AMQP_URL. @throws Error when a message does not come back */
export async function probeBroker(url: string): Promise<void> {
  const { probeRabbit } = await import('../seams/events/rabbitmq-probe.ts');
  await probeRabbit(url);
}
