/** Refusals: thrown anywhere as AppError, answered in one place as RFC 9457 problem details. */
import type { Problem } from '@mozarela/contract/common';
import { ERRORS, type ErrorCode } from '@mozarela/contract/errors';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { BlobsUnavailable } from '../seams/blobs/port.ts';
import { DatabaseUnavailable } from '../seams/database/port.ts';
import type { Log } from '../telemetry/log.ts';

type Details = {
  /** For people; the code's title when absent. Never holds internals. */
  detail?: string;
  errors?: { path: string; message: string }[];
  headers?: Record<string, string>;
  cause?: unknown;
};

/** A request refused for a reason that its sender is told. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: Details;
  constructor(code: ErrorCode, details: Details = {}) {
    super(code, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = ERRORS[code].status;
    this.details = details;
  }
}

/** What body-parser and the router of Express call their refusals. */
const LIBRARY_CODES: Record<string, ErrorCode> = {
  'entity.too.large': 'payload_too_large',
  'entity.parse.failed': 'malformed_json',
  'encoding.unsupported': 'unsupported_media_type',
  'charset.unsupported': 'unsupported_media_type',
};

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error) {
    const { type, status } = error as { type?: unknown; status?: unknown };
    const code = typeof type === 'string' ? LIBRARY_CODES[type] : undefined;
    if (code) return new AppError(code);
    if (typeof status === 'number' && status >= 400 && status < 500) return new AppError('bad_request');
  }
  if (error instanceof DatabaseUnavailable) return databaseUnavailable(error);
  if (error instanceof BlobsUnavailable)
    return new AppError('unavailable', {
      detail: 'The store of files does not answer at the moment. Nothing was changed.',
      headers: { 'Retry-After': '10' },
      cause: error,
    });
  return new AppError('internal', { cause: error });
}

function databaseUnavailable(error: DatabaseUnavailable): AppError {
  const detail =
    error.outcome === 'unknown'
      ? 'The connection to the database broke at the last moment: look whether your change was saved before you repeat it.'
      : 'The database does not answer at the moment. Nothing was changed.';
  return new AppError('unavailable', { detail, headers: { 'Retry-After': '5' }, cause: error });
}

const LET_PASS_MS = 60_000;
/** Of a 503 that does not say itself when to come back. */
const RETRY_SECONDS = '60';

function sendProblem(response: Response, error: AppError): void {
  const { title, status } = ERRORS[error.code];
  const body: Problem = {
    type: `urn:mozarela:problem:${error.code}`,
    title,
    status,
    detail: error.details.detail ?? title,
    code: error.code,
    requestId: String(response.getHeader('X-Request-Id')),
    ...(error.details.errors && { errors: error.details.errors }),
  };
  if (status === 503) response.setHeader('Retry-After', RETRY_SECONDS);
  for (const [name, value] of Object.entries(error.details.headers ?? {})) response.setHeader(name, value);
  response.status(status).setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.end(JSON.stringify(body));
}

/**
 * A body that was refused half-way is still being sent. It passes unread, because a connection that is closed before
 * its end takes the answer with it; who goes on for a minute is cut off.
 */
function letPass(request: Request): void {
  request.resume();
  const deadline = setTimeout(() => request.destroy(), LET_PASS_MS).unref();
  request.once('close', () => clearTimeout(deadline));
}

/** The one place where errors become answers; only what is our fault is logged as an error. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (thrown, request, response, _next) => {
    const error = asAppError(thrown);
    response.locals.code = error.code;
    if (error.code === 'internal')
      log.error({ requestId: response.getHeader('X-Request-Id'), err: error.cause }, 'request failed');
    if (response.headersSent) {
      // The answer has begun: cutting it off is the only way left to say that it is not complete.
      response.destroy();
      return;
    }
    if (!request.complete) letPass(request);
    sendProblem(response, error);
  };
}
