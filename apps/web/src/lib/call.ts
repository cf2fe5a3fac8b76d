/** The one way to the API: typed by the contract's route definitions. */
import type { Problem } from '@mozarela/contract/common';
import type { RouteAnswer, RouteDefinition } from '@mozarela/contract/route';
import type { z } from 'zod';
import { ApiError, hasCode } from './apiError.ts';

type Needs<R, Key extends 'params' | 'body'> =
  R extends Record<Key, infer Schema extends z.ZodType> ? Record<Key, z.input<Schema>> : unknown;
type Query<R> = R extends { query: infer Schema extends z.ZodType } ? { query?: z.input<Schema> } : unknown;

/** What a route needs: its parameters and body when it has them, and headers that the caller decides. */
export type CallOptions<R extends RouteDefinition> = Needs<R, 'params'> &
  Needs<R, 'body'> &
  Query<R> & { ifMatch?: number; idempotencyKey?: string; signal?: AbortSignal };

type AnyOptions = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  ifMatch?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
};

/** Lives in memory only: a script that can read storage must not find it. */
let csrfToken: string | null = null;

export function forgetCsrfToken(): void {
  csrfToken = null;
}

function rememberCsrfToken(answer: unknown): void {
  if (typeof answer === 'object' && answer !== null && 'csrfToken' in answer)
    csrfToken = String(answer.csrfToken);
}

/** The address of a route, also for links to downloads. */
export function urlOf(route: RouteDefinition, { params, query }: AnyOptions = {}): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
  const pairs = Object.entries(query ?? {}).flatMap(([key, value]) =>
    value === undefined || value === null || value === '' ? [] : [[key, String(value)]],
  );
  return pairs.length > 0 ? `${path}?${new URLSearchParams(pairs)}` : path;
}

async function send(route: RouteDefinition, options: AnyOptions): Promise<Response> {
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  if (csrfToken && route.method !== 'GET') headers.set('x-csrf-token', csrfToken);
  if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`);
  if (options.idempotencyKey) headers.set('idempotency-key', options.idempotencyKey);
  try {
    return await fetch(urlOf(route, options), {
      method: route.method,
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: 'same-origin',
      signal: options.signal,
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError(0, { code: 'offline', title: 'The server could not be reached' });
  }
}

async function toError(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after')) || null;
  try {
    return new ApiError(response.status, (await response.json()) as Problem, retryAfter);
  } catch {
    return new ApiError(response.status, { code: 'unavailable', title: response.statusText }, retryAfter);
  }
}

/** A token is needed for writes of a session; a reload loses it, `GET /api/me` gives it again. */
async function fetchCsrfToken(): Promise<void> {
  const response = await fetch('/api/me', { credentials: 'same-origin' });
  if (response.ok) rememberCsrfToken(await response.json());
}

/** What a write of a session carries, for requests that this file does not send. */
export async function csrfHeader({ anew = false } = {}): Promise<Record<string, string>> {
  if (!csrfToken || anew) await fetchCsrfToken();
  return csrfToken ? { 'x-csrf-token': csrfToken } : {};
}

async function request(route: RouteDefinition, options: AnyOptions): Promise<Response> {
  const guarded = route.method !== 'GET' && route.csrf !== false && route.auth !== 'public';
  if (guarded && !csrfToken) await fetchCsrfToken();
  let response = await send(route, options);
  if (response.status === 403 && guarded) {
    const error = await toError(response);
    if (!hasCode(error, 'csrf_failed')) throw error;
    await fetchCsrfToken();
    response = await send(route, options);
  }
  if (!response.ok) throw await toError(response);
  return response;
}

/**
 * Calls a route and gives its JSON (nothing for 204).
 * @throws {ApiError} for every answer that is not a success, and when no answer comes.
 */
export async function call<R extends RouteDefinition>(
  route: R,
  ...[options]: Record<never, never> extends CallOptions<R> ? [CallOptions<R>?] : [CallOptions<R>]
): Promise<RouteAnswer<R>> {
  const response = await request(route, (options ?? {}) as AnyOptions);
  if (response.status === 204) return undefined as RouteAnswer<R>;
  const answer: unknown = await response.json();
  rememberCsrfToken(answer);
  return answer as RouteAnswer<R>;
}

/** Calls a route that answers with a file or plain text. */
export async function callText(route: RouteDefinition, options: AnyOptions = {}): Promise<string> {
  return (await request(route, options)).text();
}
