/** deploy/nginx as it is, in front of the real program and of small backends that show what nginx does. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import {
  createServer,
  get as httpGet,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Nginx } from './nginx.ts';
import { type Instance, startInstallationNginx } from './nginx-installation.ts';
import { reservePort } from './ports.ts';
import { type Program, startProgram } from './program.ts';

const instanceOf = (url: string): Instance => ({ host: '127.0.0.1', port: Number(new URL(url).port) });

/** As the wire has it: fetch would undo the compression. */
async function raw(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const [response] = (await once(httpGet(url, { headers }), 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

describe('nginx in front of the program', () => {
  let program: Program;
  let nginx: Nginx;
  let direct: string;
  const dataDir = mkdtempSync(join(tmpdir(), 'mozarela-nginx-'));

  beforeAll(async () => {
    direct = `http://127.0.0.1:${await reservePort()}`;
    const env = {
      PORT: new URL(direct).port,
      MOZARELA_DATA_DIR: dataDir,
      NODE_ENV: 'production',
      TRUST_PROXY: '1',
    };
    program = await startProgram({ env: { ...env, HOST: '127.0.0.1' }, healthUrl: `${direct}/_health` });
    nginx = await startInstallationNginx([instanceOf(direct)]);
  });
  afterAll(async () => {
    await nginx.stop();
    await program.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('serves the client with the headers that the program itself would send', async () => {
    const pick = ({ headers }: IncomingMessage) =>
      Object.fromEntries(
        Object.entries(headers).filter(([name]) => /security|policy|origin|x-(?!request)/.test(name)),
      );
    const own = pick(await raw(`${direct}/`));
    expect(Object.keys(own).length).toBeGreaterThan(8);
    expect(pick(await raw(`${nginx.url}/`))).toEqual(own);
    expect(pick(await raw(`${nginx.url}/cases/new`))).toEqual(own);
  });

  it('compresses from the copies of the build, and lets hashed names be kept for ever', async () => {
    const page = await (await fetch(`${nginx.url}/`)).text();
    const script = /\/assets\/[^"]+\.js/.exec(page)?.[0];
    for (const [accepted, encoding] of [
      ['br', 'br'],
      ['gzip', 'gzip'],
    ] as const) {
      const { headers, statusCode } = await raw(`${nginx.url}${script}`, { 'accept-encoding': accepted });
      expect([statusCode, headers['content-encoding']]).toEqual([200, encoding]);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
    expect((await raw(`${nginx.url}/`)).headers['cache-control']).toBe('no-cache');
    expect((await raw(`${nginx.url}/assets/gone-1234.js`)).statusCode).toBe(404);
  });

  it('answers for the API, not for the operations port', async () => {
    expect((await raw(`${nginx.url}/api/me`)).statusCode).toBe(401);
    expect((await raw(`${nginx.url}/healthz`)).statusCode).toBe(200);
    expect((await raw(`${nginx.url}/metrics`)).statusCode).toBe(404);
    const unknown = await fetch(`${nginx.url}/api/nothing`);
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('never logs what was searched for', async () => {
    await raw(`${nginx.url}/api/cases?q=marker-of-a-search`);
    const requests = () => readFileSync(join(dirname(nginx.logFile), 'requests.log'), 'utf8');
    // The line is written after the answer has left.
    await expect.poll(requests).toContain('"path":"/api/cases"');
    expect(requests()).not.toContain('marker-of-a-search');
    expect(readFileSync(nginx.logFile, 'utf8')).not.toContain('marker-of-a-search');
  });
});

describe('nginx between instances', () => {
  const servers: Server[] = [];
  const backend = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterAll(() => {
    for (const server of servers) server.close().closeAllConnections();
  });

  it('passes the id and the address of who asks', async () => {
    const url = await backend((request, response) => response.end(JSON.stringify(request.headers)));
    await using nginx = await startInstallationNginx([instanceOf(url)]);
    const seen = async (headers: Record<string, string>) =>
      (await (await fetch(`${nginx.url}/api/x`, { headers })).json()) as Record<string, string>;
    const forged = await seen({ 'x-request-id': 'caller-12345', 'x-forwarded-for': '203.0.113.9' });
    expect(forged['x-request-id']).toBe('caller-12345');
    // The last address is nginx's own observation; the program believes only that one.
    expect(forged['x-forwarded-for']).toBe('203.0.113.9, 127.0.0.1');
    expect((await seen({ 'x-request-id': 'no good' }))['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('passes over an instance that is gone, also for a write', async () => {
    const gone = await backend(() => {});
    servers.at(-1)?.close();
    const url = await backend((_request, response) => response.end('here'));
    await using nginx = await startInstallationNginx([instanceOf(gone), instanceOf(url)]);
    for (let i = 0; i < 8; i += 1)
      expect(await (await fetch(`${nginx.url}/api/x`, { method: 'POST', body: 'x' })).text()).toBe('here');
  });

  it('never repeats a write that an instance may have done', async () => {
    let writes = 0;
    const urls = await Promise.all(
      [1, 2].map(() =>
        backend((request) => {
          writes += 1;
          request.socket.destroy();
        }),
      ),
    );
    await using nginx = await startInstallationNginx(urls.map(instanceOf));
    const answer = await fetch(`${nginx.url}/api/x`, { method: 'POST', body: 'x' });
    expect([answer.status, writes]).toEqual([503, 1]);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await answer.json()).toMatchObject({
      code: 'unavailable',
      requestId: answer.headers.get('x-request-id'),
    });
  });

  it('refuses a body beyond its limit with a reason', async () => {
    const url = await backend((_request, response) => response.end());
    await using nginx = await startInstallationNginx([instanceOf(url)]);
    const answer = await fetch(`${nginx.url}/api/x`, {
      method: 'POST',
      body: new Uint8Array(17 * 1024 * 1024),
    });
    expect([answer.status, (await answer.json()) as object]).toEqual([
      413,
      expect.objectContaining({ code: 'payload_too_large' }),
    ]);
  });

  it('hands on an event the moment it is sent', async () => {
    const url = await backend((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      // Held open: only an unbuffered proxy shows the first event.
      response.write('data: first\n\n');
    });
    await using nginx = await startInstallationNginx([instanceOf(url)]);
    for (const path of ['/api/events', '/api/analyses/018f2c5e-0000-7000-8000-000000000000/events']) {
      const response = await fetch(nginx.url + path);
      const { value } = await response.body!.getReader().read();
      expect(new TextDecoder().decode(value)).toBe('data: first\n\n');
    }
  });
});
