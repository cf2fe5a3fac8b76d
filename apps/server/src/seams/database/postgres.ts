/**
 * PostgreSQL 15 or newer: one primary, straight or through PgBouncer in transaction mode, and any number of replicas.
 * No named statements and no state of a session, so that any server connection will do for any query.
 */
import type { CompiledQuery, QueryResult } from 'kysely';
import type { Log } from '../../telemetry/log.ts';
import type { WriteMarks } from './marks.ts';
import { ACCOUNTS, type Database, DatabaseUnavailable, type Scope } from './port.ts';
import { openProbe, openServer } from './postgres-connection.ts';
import { isConnectionLoss, isReadTimeout, isStatementTimeout, reasonOf } from './postgres-errors.ts';
import { executorOf, runOn } from './postgres-executor.ts';
import { migrate } from './postgres-migrate.ts';
import { watchReplicas } from './postgres-replicas.ts';
import { deadlineFromNow, retrying } from './postgres-retry.ts';
import { postgresSearch } from './postgres-search.ts';
import { checkPostgresUrl } from './postgres-url.ts';
import { createWriter } from './postgres-write.ts';

const PING_TIMEOUT_MS = 2_500;
const DEFAULT_POOL_SIZE = 10;
const DEFAULT_STATEMENT_TIMEOUT_MS = 5_000;

export type PostgresOptions = {
  /** Where queries go; may lead through PgBouncer. */
  url: string;
  /** Past the pooler, for migrations; null says that `url` is direct. */
  directUrl: string | null;
  replicaUrls: string[];
  /** What instances tell each other of their writes; needed with replicas only. Closed with the database. */
  marks: WriteMarks | null;
  /** Connections of this process to each server; 10 when absent. */
  poolSize?: number;
  /** Milliseconds that one statement may take; 5000 when absent. */
  statementTimeoutMs?: number;
  log: Log;
};

export type PostgresDatabase = Database & {
  /** Numbers for metrics: pool, retries, and each replica's lag. */
  stats(): Record<string, number>;
};

/** @throws Error when a URL is not usable or marks are missing; values are not quoted */
export function postgresDatabase(options: PostgresOptions): PostgresDatabase {
  const { url, directUrl, replicaUrls, marks, log } = options;
  for (const each of [url, ...(directUrl ? [directUrl] : []), ...replicaUrls]) checkPostgresUrl(each);
  const poolSize = options.poolSize ?? DEFAULT_POOL_SIZE;
  const statementTimeoutMs = options.statementTimeoutMs ?? DEFAULT_STATEMENT_TIMEOUT_MS;
  const serverOptions = { poolSize, statementTimeoutMs, direct: directUrl === null };
  const primary = openServer({ ...serverOptions, url });
  const replicas = openReplicas();
  const counts = { retries: 0, replica_reads: 0, replica_failures: 0 };
  const onRetry = () => {
    counts.retries += 1;
  };
  const pinger = openProbe(url, PING_TIMEOUT_MS);

  function openReplicas() {
    if (replicaUrls.length === 0) return null;
    if (!marks) throw new Error('replicas need write marks');
    const servers = replicaUrls.map((each) => ({
      url: each,
      server: openServer({ ...serverOptions, url: each }),
    }));
    return { servers, watch: watchReplicas({ primaryUrl: url, replicas: servers, marks, log }) };
  }

  /** The sender is told little; the operator needs the reason. */
  function noted(error: unknown): unknown {
    if (error instanceof DatabaseUnavailable)
      log.warn({ outcome: error.outcome, reason: reasonOf(error.cause) }, 'the database is unavailable');
    return error;
  }

  async function readFromPrimary(query: CompiledQuery): Promise<QueryResult<unknown>> {
    try {
      return await retrying(deadlineFromNow(), () => runOn(primary.pool, query), isConnectionLoss, onRetry);
    } catch (error) {
      // Not repeated: it may just be slow, and would be so again.
      const late = isReadTimeout(error) || isStatementTimeout(error);
      throw noted(late ? new DatabaseUnavailable('none', error) : error);
    }
  }

  async function read(scope: Scope, query: CompiledQuery): Promise<QueryResult<unknown>> {
    const replica = scope === ACCOUNTS ? null : await replicas?.watch.pick(scope);
    if (!replica) return readFromPrimary(query);
    try {
      const result = await runOn(replica.pool, query);
      counts.replica_reads += 1;
      return result;
    } catch (error) {
      counts.replica_failures += 1;
      log.debug({ reason: reasonOf(error) }, 'a replica failed, the primary is asked');
      return readFromPrimary(query);
    }
  }

  const write = createWriter({
    server: primary,
    statementTimeoutMs,
    written: async (scope, position) => {
      if (scope !== ACCOUNTS) await replicas?.watch.written(scope, position);
    },
    onRetry,
  });

  return {
    adapter: replicas ? `postgres with ${replicaUrls.length} replica(s)` : 'postgres',
    search: postgresSearch,
    read: (scope) => executorOf((query) => read(scope, query)),
    write: (scope, work) =>
      write(scope, work).catch((error: unknown) => {
        throw noted(error);
      }),
    migrate: () => migrate(directUrl ?? url),
    async ping() {
      await pinger.ask('select 1 from kysely_migration limit 1');
    },
    stats: () => ({
      pool_total: primary.pool.totalCount,
      pool_idle: primary.pool.idleCount,
      pool_waiting: primary.pool.waitingCount,
      ...counts,
      ...replicas?.watch.stats(),
    }),
    async close() {
      await replicas?.watch.close();
      await marks?.close();
      await Promise.all([
        pinger.close(),
        primary.close(),
        ...(replicas?.servers.map(({ server }) => server.close()) ?? []),
      ]);
    },
  };
}
