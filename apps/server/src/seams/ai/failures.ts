/** What providers' HTTP answers and broken connections mean, alike for all of them. */
import { AiError, type AiErrorCode } from './port.ts';

/** The failure that an HTTP status stands for. 400 says too little: adapters look closer first. */
export function failureOfStatus(status: number): AiErrorCode {
  if (status === 401 || status === 403) return 'invalid_credentials';
  if (status === 429) return 'rate_limited';
  if (status === 408 || status === 504) return 'timeout';
  return status >= 500 ? 'overloaded' : 'rejected';
}

/**
 * `Retry-After` in milliseconds: seconds, or an HTTP date.
 * @param now milliseconds since 1970
 */
export function retryAfterMs(header: string | null | undefined, now: number): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** Codes of node's sockets and resolver that mean that nothing was ever reached. */
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The failure behind an error that carries no HTTP status: a refused connection, a broken one, half a body. */
export function failureOfConnection(error: unknown): AiError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? at.code : undefined;
    if (typeof code === 'string' && NOT_REACHED.has(code)) return new AiError('unreachable');
    if (at instanceof SyntaxError) return new AiError('bad_answer');
    if (at instanceof AggregateError && at.errors.length > 0) return failureOfConnection(at.errors[0]);
  }
  return new AiError('cut_off');
}

/**
 * Runs one call under the caller's signal and a time limit, and says which of the two ended it.
 * @throws AiError `cancelled`, `timeout`, or what `translate` makes of the error
 */
export async function withinTime<T>(
  limits: { signal: AbortSignal; timeoutMs: number },
  call: (signal: AbortSignal) => Promise<T>,
  translate: (error: unknown) => AiError,
): Promise<T> {
  const timer = AbortSignal.timeout(limits.timeoutMs);
  try {
    limits.signal.throwIfAborted();
    return await call(AbortSignal.any([limits.signal, timer]));
  } catch (error) {
    if (limits.signal.aborted) throw new AiError('cancelled');
    if (timer.aborted) throw new AiError('timeout');
    throw error instanceof AiError ? error : translate(error);
  }
}
