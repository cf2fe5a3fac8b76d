/**
 * The port for operators: measurements and health, in every role. It is not for the public: bind it to a private
 * address or keep it behind the firewall.
 */
import type { RequestListener } from 'node:http';
import type { Readiness } from '../features/health/service.ts';
import type { Ports } from '../ports.ts';
import { describeError } from '../telemetry/log.ts';

type Answer = { status?: number; contentType?: string; text: string };

const json = (status: number, body: unknown): Answer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  text: JSON.stringify(body),
});

export function operationsListener(ports: Ports, readiness: () => Promise<Readiness>): RequestListener {
  const pages: Record<string, () => Promise<Answer>> = {
    '/_health': async () => json(200, { status: 'ok' }),
    '/healthz': async () => {
      const body = await readiness();
      return json(body.status === 'down' ? 503 : 200, body);
    },
    '/metrics': () => ports.metrics.expose(),
  };
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0]!;
    const page = Object.hasOwn(pages, path) ? pages[path]! : async () => json(404, { status: 404 });
    page().then(
      ({ status = 200, contentType = 'text/plain; charset=utf-8', text }) => {
        response.writeHead(status, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
        response.end(text);
      },
      (error: unknown) => {
        ports.log.error({ error: describeError(error) }, 'operations port');
        response.writeHead(500).end();
      },
    );
  };
}
