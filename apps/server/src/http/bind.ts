/**
 * One binder for every route. In this order: session, limit, sign-in and role, CSRF, the address and the resource it
 * names (404), If-Match, Idempotency-Key, query and body (422), the handler, the answer.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { needsCsrf } from '@mozarela/contract/openapi';
import type {
  RouteBody,
  RouteDefinition,
  RouteParams,
  RouteQuery,
  UploadRule,
} from '@mozarela/contract/route';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { type Form, readBody } from './body.ts';
import { AppError } from './errors.ts';
import { addressOf, type LimitRequest } from './limits.ts';
import type { IdempotencyClaim } from './once.ts';
import { type Authenticate, credentialOf, requireCsrf, type Session } from './session.ts';
import { type IncomingFile, readUpload } from './upload.ts';

type SessionOf<R extends RouteDefinition> = R['auth'] extends 'session' | 'admin'
  ? Session
  : R['auth'] extends 'optional'
    ? Session | null
    : null;

/** What a handler knows of the request, typed by the route's contract. */
export type Context<R extends RouteDefinition, Resource = undefined> = {
  params: RouteParams<R>;
  query: RouteQuery<R>;
  body: RouteBody<R>;
  /** Files as they come, to be read to their end; only where the contract says `upload`. */
  files: R['upload'] extends UploadRule ? AsyncIterable<IncomingFile> : undefined;
  session: SessionOf<R>;
  /** What the `resource` step found. */
  resource: Resource;
  /** From If-Match; only where the contract says `ifMatch`. */
  version: R['ifMatch'] extends true ? number : undefined;
  /** From Idempotency-Key, for `once`; null without the header. */
  idempotency: R['idempotent'] extends true ? IdempotencyClaim | null : undefined;
  request: {
    id: string;
    address: string;
    userAgent: string;
    header: (name: string) => string | undefined;
  };
};

type Content<Schema> = Schema extends z.ZodType
  ? { body: z.output<Schema> }
  : Schema extends { contentType: string }
    ? { stream: string | AsyncIterable<string | Uint8Array>; contentType?: string }
    : { body?: undefined };

/** The answer of a handler: the status may be left out where the contract has only one. */
export type Reply<R extends RouteDefinition> = {
  [Status in keyof R['responses']]: { status?: Status; headers?: Record<string, string> } & Content<
    R['responses'][Status]
  >;
}[keyof R['responses']];

type Steps<R extends RouteDefinition, Resource> = {
  /**
   * Finds what the address names, before anything else of the request is looked at; throws not_found for what is
   * missing or another clinic's.
   */
  resource?: (context: Pick<Context<R>, 'params' | 'session'>) => Promise<Resource>;
  /** Makes the body of a multipart form; the body schema then checks it like JSON. */
  form?: (form: Form) => unknown;
  handle: (context: Context<R, Resource>) => Promise<Reply<R>>;
};

/** What the binder needs of the application. */
export type Core = { authenticate: Authenticate; limit: LimitRequest; checkAnswers: boolean };

export type Binding = {
  definition: RouteDefinition;
  serve: (core: Core, request: Request, response: Response) => Promise<void>;
};

type AnyReply = {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  stream?: string | AsyncIterable<string | Uint8Array>;
  contentType?: string;
};

/** Ties a handler to a route of the contract. */
export function bind<const R extends RouteDefinition, Resource = undefined>(
  definition: R,
  steps: Steps<R, Resource> | Steps<R, Resource>['handle'],
): Binding {
  const {
    resource: findResource,
    form,
    handle,
  }: Steps<R, Resource> = typeof steps === 'function' ? { handle: steps } : steps;
  return {
    definition,
    async serve(core, request, response) {
      const session = await admit(core, definition, request, response);
      const params = parseParams(definition, request);
      const scope = { params, session } as Pick<Context<R>, 'params' | 'session'>;
      const resource = await findResource?.(scope);
      const version = definition.ifMatch ? versionOf(request) : undefined;
      const query = definition.query && parsePart(definition.query, request.query);
      const sent = definition.body && (await readBody(request, response, definition.bodyLimit, form));
      const body = definition.body && parsePart(definition.body, sent);
      const context = {
        ...scope,
        resource,
        version,
        query,
        body,
        files: definition.upload && readUpload(request, definition.upload),
        idempotency: definition.idempotent && session ? claimOf(request, session, sent) : undefined,
        request: requestOf(request, response),
      };
      const reply = await handle(context as Context<R, Resource>);
      await send(core, definition, response, reply as AnyReply);
    },
  };
}

const requestOf = (request: Request, response: Response): Context<RouteDefinition>['request'] => ({
  id: String(response.getHeader('X-Request-Id')),
  address: addressOf(request),
  userAgent: request.get('User-Agent') ?? '',
  header: (name) => request.get(name),
});

/** Session, limit, sign-in, role, CSRF. */
async function admit(
  core: Core,
  definition: RouteDefinition,
  request: Request,
  response: Response,
): Promise<Session | null> {
  const credential = definition.auth === 'public' ? null : credentialOf(request);
  const found = credential && (await core.authenticate(credential.token));
  const session = found && { ...found, cookieToken: credential.from === 'cookie' ? credential.token : null };
  const address = addressOf(request);
  if (session) response.locals.userId = session.userId;
  await core.limit(definition.limit, session ? { userId: session.userId, address } : { address }, response);
  if (definition.auth === 'public' || (definition.auth === 'optional' && !session)) return null;
  if (!session) throw new AppError('unauthenticated');
  if (definition.auth === 'admin' && !session.isAdmin) throw new AppError('forbidden');
  if (credential?.from === 'cookie' && needsCsrf(definition)) requireCsrf(request, session);
  return session;
}

/** An id that cannot exist is not found, like one that does not. */
function parseParams(definition: RouteDefinition, request: Request): unknown {
  if (!definition.params) return undefined;
  const parsed = definition.params.safeParse(request.params);
  if (!parsed.success) throw new AppError('not_found');
  return parsed.data;
}

function parsePart(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new AppError('validation_failed', { errors });
}

function versionOf(request: Request): number {
  const header = request.get('If-Match');
  if (header === undefined) throw new AppError('precondition_required');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined)
    throw new AppError('bad_request', { detail: 'If-Match must be a version in quotes, such as "3"' });
  return Number(version);
}

function claimOf(request: Request, session: Session, sent: unknown): IdempotencyClaim | null {
  const key = request.get('Idempotency-Key');
  if (key === undefined) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw new AppError('bad_request', { detail: 'Idempotency-Key must be 1-200 visible ASCII characters' });
  const requestHash = createHash('sha256')
    .update(`${request.method} ${request.path}\n${JSON.stringify(sent)}`)
    .digest('hex');
  return { userId: session.userId, key, requestHash };
}

async function send(
  core: Core,
  definition: RouteDefinition,
  response: Response,
  reply: AnyReply,
): Promise<void> {
  const status = reply.status ?? Number(Object.keys(definition.responses)[0]);
  const schema = definition.responses[status];
  response.status(status);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (!schema) {
    response.end();
  } else if ('contentType' in schema) {
    response.setHeader('Content-Type', reply.contentType ?? schema.contentType);
    if (typeof reply.stream === 'string') response.end(reply.stream);
    else await sendStream(reply.stream ?? [], response);
  } else {
    if (core.checkAnswers) schema.parse(reply.body);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(reply.body));
  }
}

/** A reader who goes away before the end is no error of ours. */
async function sendStream(
  source: AsyncIterable<string | Uint8Array> | Iterable<string>,
  response: Response,
): Promise<void> {
  try {
    await pipeline(source instanceof Readable ? source : Readable.from(source), response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
