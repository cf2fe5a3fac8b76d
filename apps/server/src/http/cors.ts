/** Browsers of other origins may call only when the operator listed them; then with cookies. */
import type { RequestHandler } from 'express';

const PREFLIGHT_SECONDS = 600;
const ALLOWED_HEADERS =
  'Content-Type, Authorization, X-CSRF-Token, If-Match, Idempotency-Key, X-Request-Id, traceparent';
const EXPOSED_HEADERS = 'X-Request-Id, RateLimit, RateLimit-Policy, Retry-After';

export function allowOrigins(origins: string[]): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('Origin');
    if (origins.length > 0) response.vary('Origin');
    if (!origin || !origins.includes(origin)) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Access-Control-Expose-Headers', EXPOSED_HEADERS);
    if (request.method !== 'OPTIONS' || !request.get('Access-Control-Request-Method')) {
      next();
      return;
    }
    response.locals.route = 'preflight';
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE');
    response.setHeader('Access-Control-Allow-Headers', ALLOWED_HEADERS);
    response.setHeader('Access-Control-Max-Age', String(PREFLIGHT_SECONDS));
    response.status(204).end();
  };
}
