/** What an error of PostgreSQL, PgBouncer or the network between means for the work that met it. */
import { DatabaseError } from 'pg';

/** SQLSTATE classes and codes after which the same work may succeed on a new connection. */
const LOST_CONNECTION = [
  '08', // connection exceptions; PgBouncer says 08P01 whenever its server is gone or it is full
  '25006', // read-only: a primary that was demoted, or a standby
  '25P03', // this process was too slow between two queries
  '53300', // too many connections
  '57P', // shut down, crashed, still starting up
];
const CONFLICT = ['40001', '40P01'];

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** `pg` gives these errors no code. */
const NETWORK_MESSAGES =
  /^Connection terminated|^timeout expired|^timeout exceeded when trying to connect|not queryable|^Client was closed/;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The connection is of no more use, and nothing that was not committed has happened. */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  if (error instanceof DatabaseError) return LOST_CONNECTION.some((prefix) => code.startsWith(prefix));
  return NETWORK_CODES.has(code) || (error instanceof Error && NETWORK_MESSAGES.test(error.message));
}

/** The query was not even sent, as the connection had broken before. */
export const isUnsent = (error: unknown): boolean =>
  error instanceof Error && /not queryable|^Client was closed/.test(error.message);

/** What a standby says to who begins a transaction that writes. */
export const isStandbyRefusal = (error: unknown): boolean => codeOf(error) === '0A000';

/** Another transaction was in the way: the same work may succeed when repeated. */
export const isConflict = (error: unknown): boolean => CONFLICT.includes(codeOf(error));

/**
 * A duplicate key. Between concurrent transactions it may stand for a conflict: repeated, the work sees the row of the
 * other one and decides anew.
 */
export const isDuplicate = (error: unknown): boolean => codeOf(error) === '23505';

/** The client's own patience ended: server, pooler or network hang. */
export const isReadTimeout = (error: unknown): boolean =>
  error instanceof Error && error.message === 'Query read timeout';

/** The server ended a statement at its time limit. */
export const isStatementTimeout = (error: unknown): boolean => codeOf(error) === '57014';

/** Errors that COMMIT itself raises, so that it is certain that nothing was committed. */
export function refusedCommit(error: unknown): boolean {
  return error instanceof DatabaseError && (isConflict(error) || codeOf(error).startsWith('23'));
}

/** For the log: kind and code, never what a query said. */
export const reasonOf = (error: unknown): string =>
  codeOf(error) || (error instanceof Error ? error.name : typeof error);
