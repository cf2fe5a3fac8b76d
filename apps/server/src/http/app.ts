/** The Express application: headers, request ids, one log line a request, the bound routes, the client's files. */
import { randomUUID } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../config.ts';
import type { Ports } from '../ports.ts';
import type { Binding, Core } from './bind.ts';
import { allowOrigins } from './cors.ts';
import { AppError, errorHandler } from './errors.ts';
import { addressOf, requestLimiter } from './limits.ts';
import type { Authenticate } from './session.ts';
import { clientFiles } from './static.ts';

type Parts = { ports: Ports; bindings: Binding[]; authenticate: Authenticate };

/** Where the store's links lead, which stand in for files of cases. */
const storeOrigin = ({ parts }: Config): string[] =>
  parts.s3?.publicEndpoint ? [new URL(parts.s3.publicEndpoint).origin] : [];

const securityHeaders = (config: Config): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...storeOrigin(config)],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: config.production && { maxAge: 31_536_000, includeSubDomains: true },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });

/** A caller's id is kept so that its logs and ours can be joined; anything odd is replaced. */
const requestIds: RequestHandler = (request, response, next) => {
  const sent = request.get('X-Request-Id');
  response.setHeader('X-Request-Id', sent && /^[\w.-]{8,64}$/.test(sent) ? sent : randomUUID());
  next();
};

/** The trace id of a W3C traceparent header. */
const traceOf = (header: string | undefined): string | undefined =>
  /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(header ?? '')?.[1];

/** One line a request: the route's pattern, never the address itself, which holds ids and searched words. */
function requestLog({ log, metrics }: Ports): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const { route = 'file', userId, code } = response.locals;
      const ms = performance.now() - started;
      metrics.request(request.method, route, response.statusCode, ms / 1000);
      const level = response.statusCode >= 500 ? 'error' : route === 'file' ? 'debug' : 'info';
      log[level](
        {
          requestId: response.getHeader('X-Request-Id'),
          traceId: traceOf(request.get('traceparent')),
          method: request.method,
          route,
          status: response.statusCode,
          code,
          ms: Math.round(ms * 10) / 10,
          bytesIn: Number(request.headers['content-length'] ?? 0),
          userId,
          address: addressOf(request),
          ...(!response.writableFinished && { aborted: true }),
        },
        'request',
      );
    });
    next();
  };
}

/** Literal segments before parameters: /api/cases/export is not a case. */
const bySpecificity = (a: Binding, b: Binding) =>
  a.definition.path.replaceAll(':', '\uffff') < b.definition.path.replaceAll(':', '\uffff') ? -1 : 1;

function mount(app: Express, core: Core, bindings: Binding[]): void {
  const methodsOf = Map.groupBy(bindings.toSorted(bySpecificity), ({ definition }) => definition.path);
  for (const [path, group] of methodsOf) {
    const route = app.route(path);
    for (const binding of group) {
      const method = binding.definition.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
      route[method]((request, response) => {
        response.locals.route = path;
        return binding.serve(core, request, response);
      });
    }
    const allowed = group.map(({ definition }) => definition.method).join(', ');
    route.all(async (request, response) => {
      response.locals.route = path;
      await core.limit(group[0]!.definition.limit, { address: addressOf(request) }, response);
      throw new AppError('method_not_allowed', { headers: { Allow: allowed } });
    });
  }
}

export function createApp({ ports, bindings, authenticate }: Parts): Express {
  const { config, limits, log } = ports;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.http.trustProxy);
  app.set('query parser', 'simple');
  app.use(requestIds, requestLog(ports), securityHeaders(config));
  app.use((_request, response, next) => {
    if (ports.isDraining()) response.setHeader('Connection', 'close');
    next();
  });
  app.use('/api', allowOrigins(config.http.allowedOrigins), (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  const limit = requestLimiter(limits, config.limits);
  mount(app, { authenticate, limit, checkAnswers: !config.production }, bindings);
  app.use('/api', async (request, response) => {
    response.locals.route = 'unknown';
    await limit('api', { address: addressOf(request) }, response);
    throw new AppError('not_found');
  });
  // Measurements are for the operations port, never the client's page.
  app.use('/metrics', () => {
    throw new AppError('not_found');
  });
  app.use(clientFiles());
  app.use(() => {
    throw new AppError('not_found');
  });
  app.use(errorHandler(log));
  return app;
}
