/**
 * Transactions. Writes of one clinic follow each other, as on SQLite, by a lock that ends with the transaction; those
 * of this process already queue before they take a connection, so that one clinic never holds the pool. Writes to
 * ACCOUNTS run side by side, serializable. What lost a race or its connection is done again, except when the
 * connection broke while COMMIT was under way.
 */
import { createHash } from 'node:crypto';
import type { PoolClient, QueryResult } from 'pg';
import type { Position } from './marks.ts';
import { ACCOUNTS, DatabaseUnavailable, type Executor, type Scope } from './port.ts';
import type { Server } from './postgres-connection.ts';
import {
  isConflict,
  isConnectionLoss,
  isDuplicate,
  isReadTimeout,
  isStandbyRefusal,
  isStatementTimeout,
  isUnsent,
  refusedCommit,
} from './postgres-errors.ts';
import { runOn, transactionOf } from './postgres-executor.ts';
import { CURRENT_POSITION, parsePosition } from './postgres-position.ts';
import { deadlineFromNow, retrying } from './postgres-retry.ts';

/** A process that is stopped in the middle of a transaction must not hold its locks for long. */
const IDLE_LIMIT_MS = 15_000;

/** The transaction was begun on a server that only reads: after a fail-over, on the former primary. */
class StandbyError extends Error {
  constructor(cause: unknown) {
    super('the server only reads', { cause });
    this.name = 'StandbyError';
  }
}

/** The connection cannot be used any more. Client and server limit statements alike: if ours ends first, it hangs. */
const isHopeless = (error: unknown) =>
  isConnectionLoss(error) || isReadTimeout(error) || error instanceof StandbyError;

export type Writer = <T>(scope: Scope, work: (trx: Executor) => Promise<T>) => Promise<T>;

export type WriterOptions = {
  server: Server;
  statementTimeoutMs: number;
  /** Awaited after the commit, before the write is acknowledged. */
  written: (scope: Scope, position: Position) => Promise<void>;
  onRetry: () => void;
};

/** 64 bits of a hash: clinics that share one would merely wait for each other. */
const lockOf = (scope: Scope) => createHash('sha256').update(scope).digest().readBigInt64BE();

/** Everything that must come before the work, in one round trip; ends with the transaction, whatever happens. */
async function begin(client: PoolClient, scope: Scope, statementTimeoutMs: number): Promise<void> {
  const isolation = scope === ACCOUNTS ? 'serializable' : 'read committed';
  const statements = [
    `begin isolation level ${isolation} read write`,
    `set local statement_timeout = ${statementTimeoutMs}`,
    `set local idle_in_transaction_session_timeout = ${IDLE_LIMIT_MS}`,
    ...(scope === ACCOUNTS ? [] : [`select pg_advisory_xact_lock(${lockOf(scope)})`]),
  ];
  try {
    await client.query(statements.join('; '));
  } catch (error) {
    throw isStandbyRefusal(error) ? new StandbyError(error) : error;
  }
}

/** @throws DatabaseUnavailable with outcome `unknown` when nobody can tell whether it was committed */
async function commit(client: PoolClient): Promise<Position> {
  let results: QueryResult[];
  try {
    // Several statements at once answer with several results, which the types of pg do not know.
    results = (await client.query(
      `commit; select ${CURRENT_POSITION} as position`,
    )) as unknown as QueryResult[];
  } catch (error) {
    const certain = refusedCommit(error) || isUnsent(error);
    throw certain ? error : new DatabaseUnavailable('unknown', error);
  }
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK.
  if (results[0]?.command !== 'COMMIT')
    throw new Error('the work went on after one of its queries had failed: nothing was committed');
  return parsePosition(results[1]?.rows[0]?.position);
}

/** Whether the server forgot the transaction: else the connection must not be used again. */
async function rolledBack(client: PoolClient, cause: unknown): Promise<boolean> {
  if (isHopeless(cause) || cause instanceof DatabaseUnavailable) return false;
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}

/** One attempt. */
async function transact<T>(
  { server, statementTimeoutMs }: WriterOptions,
  scope: Scope,
  work: (trx: Executor) => Promise<T>,
): Promise<{ result: T; position: Position }> {
  const client = await server.pool.connect();
  let broken = false;
  let open = true;
  // What the database said counts, even where the work made an error of its own of it.
  let failure: unknown;
  const trx = transactionOf(async (query) => {
    if (!open) throw new Error('the transaction has ended');
    try {
      return await runOn(client, query);
    } catch (error) {
      failure ??= error;
      throw error;
    }
  });
  try {
    await begin(client, scope, statementTimeoutMs);
    const result = await work(trx);
    if (isHopeless(failure) || isConflict(failure)) throw failure;
    open = false;
    return { result, position: await commit(client) };
  } catch (error) {
    open = false;
    const cause = isHopeless(failure) || isConflict(failure) ? failure : error;
    broken = !(await rolledBack(client, cause));
    throw cause;
  } finally {
    client.release(broken);
  }
}

export function createWriter(options: WriterOptions): Writer {
  const queues = new Map<Scope, Promise<unknown>>();

  async function committed<T>(scope: Scope, deadline: number, work: (trx: Executor) => Promise<T>) {
    let duplicates = 0;
    const isTransient = (error: unknown) => {
      if (isDuplicate(error)) duplicates += 1;
      return isHopeless(error) || isConflict(error) || (isDuplicate(error) && duplicates === 1);
    };
    if (performance.now() > deadline) throw new DatabaseUnavailable('none', new Error('waited for too long'));
    try {
      return await retrying(deadline, () => transact(options, scope, work), isTransient, options.onRetry);
    } catch (error) {
      throw isStatementTimeout(error) ? new DatabaseUnavailable('none', error) : error;
    }
  }

  /** Runs when all earlier writes of the scope from this process have ended. */
  async function inTurn<T>(scope: Scope, run: () => Promise<T>): Promise<T> {
    if (scope === ACCOUNTS) return run();
    const mine = (queues.get(scope) ?? Promise.resolve()).then(run);
    const settled = mine.catch(() => {});
    queues.set(scope, settled);
    try {
      return await mine;
    } finally {
      if (queues.get(scope) === settled) queues.delete(scope);
    }
  }

  return async (scope, work) => {
    const deadline = deadlineFromNow();
    const { result, position } = await inTurn(scope, () => committed(scope, deadline, work));
    await options.written(scope, position);
    return result;
  };
}
