/** The built web client: files with a hash in their name for ever, everything else asked for anew; the page for any
 * address of the client. Compressed copies are made by the build. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import sirv from 'sirv';

const CLIENT = fileURLToPath(new URL('../../../web/dist', import.meta.url));
const YEAR_SECONDS = 31_536_000;

const notBuilt: RequestHandler = (_request, response) => {
  response.status(404).type('text').send('The web client is not built: npm run build');
};

/** @param directory with index.html and assets/ */
export function clientFiles(directory: string = CLIENT): RequestHandler {
  if (!existsSync(directory)) return notBuilt;
  const serve = sirv(directory, {
    brotli: true,
    gzip: true,
    etag: true,
    single: true,
    setHeaders(response, pathname) {
      const hashed = pathname.startsWith('/assets/');
      response.setHeader('Cache-Control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') serve(request, response, next);
    else next();
  };
}
