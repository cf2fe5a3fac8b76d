/** What the contract says of a route. The server binds it, the client calls it, openapi.json prints it. */
import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/**
 * Who may call: `public` anybody; `optional` anybody, and a session when there is one is used; `session` a
 * signed-in person; `admin` a platform administrator.
 */
export type RouteAuth = 'public' | 'optional' | 'session' | 'admin';

/** Which request limit counts the call. */
export type RouteLimit = 'api' | 'admin' | 'login' | 'none';

export type UploadRule = { field: string; maxFiles: number; maxFileBytes: number };

export type RouteDefinition = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Express style: /api/cases/:id */
  path: `/${string}`;
  summary: string;
  tag: string;
  auth: RouteAuth;
  limit: RouteLimit;
  /** Cookie-authenticated callers must send X-CSRF-Token. True for every write unless stated. */
  csrf?: boolean;
  /** Accepts Idempotency-Key. */
  idempotent?: boolean;
  /** Needs If-Match: "<version>". */
  ifMatch?: boolean;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Largest body in bytes; 1 MB when absent. */
  bodyLimit?: number;
  /** Accepts multipart/form-data beside JSON. */
  multipart?: boolean;
  /** Takes files of any size up to a limit as multipart/form-data, read while they come; instead of `body`. */
  upload?: UploadRule;
  /** Status -> schema of a success; null for an answer without a body; a media type for one that is not JSON. */
  responses: Record<number, z.ZodType | null | { contentType: string }>;
  /** Refusals beyond the ones any route has (401, 404, 422, 429 ...). */
  errors?: readonly ErrorCode[];
};

/** Keeps the literal types of a definition, so that handlers and callers are typed by it. */
export function route<const Definition extends RouteDefinition>(definition: Definition): Definition {
  return definition;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

export type RouteParams<R extends RouteDefinition> = Parsed<R['params']>;
export type RouteQuery<R extends RouteDefinition> = Parsed<R['query']>;
export type RouteBody<R extends RouteDefinition> = Parsed<R['body']>;
export type RouteBodyInput<R extends RouteDefinition> = Sent<R['body']>;
export type RouteQueryInput<R extends RouteDefinition> = Sent<R['query']>;

/** The JSON of a successful answer: the union over its JSON statuses. */
export type RouteAnswer<R extends RouteDefinition> = {
  [S in keyof R['responses']]: R['responses'][S] extends z.ZodType ? z.output<R['responses'][S]> : never;
}[keyof R['responses']];
