import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type App, startApp } from '../../test/harness.ts';

describe('http', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({ API_ALLOWED_ORIGIN: 'https://friend.example' });
  });
  afterAll(() => app.close());

  const register = (body: unknown, headers = {}) =>
    app.client().post('/api/auth/register', body, { headers });
  const person = { fullName: 'A', email: 'a@example.org', password: 'gentle-otter-plays-oboe-42' };

  it.each<[string, unknown, number, string, string?]>([
    ['malformed JSON', '{"fullName": ', 400, 'malformed_json'],
    ['no body', undefined, 422, 'validation_failed', ''],
    ['a number', '5', 422, 'validation_failed', ''],
    ['an array', '[]', 422, 'validation_failed', ''],
    ['a wrong type', { ...person, fullName: 7 }, 422, 'validation_failed', 'fullName'],
    ['an unknown field', { ...person, isAdmin: true }, 422, 'validation_failed', ''],
    ['NUL', { ...person, fullName: 'a\u0000b' }, 422, 'validation_failed', 'fullName'],
    [
      'a lone surrogate',
      '{"fullName":"\\ud800","email":"a@example.org","password":"gentle-otter-oboe"}',
      422,
      'validation_failed',
      'fullName',
    ],
    ['only white space', { ...person, fullName: ' \n ' }, 422, 'validation_failed', 'fullName'],
    ['an e-mail that is none', { ...person, email: 'a@b' }, 422, 'validation_failed', 'email'],
    ['2 MB', { ...person, fullName: 'x'.repeat(2 ** 21) }, 413, 'payload_too_large'],
    ['50 MB', 'x'.repeat(50 * 2 ** 20), 413, 'payload_too_large'],
    ['1 MB of brackets', '['.repeat(1_000_000), 400, 'malformed_json'],
  ])('answers %s by name', async (_name, body, status, code, path) => {
    const answer = await register(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, code, requestId: answer.headers.get('X-Request-Id') });
    expect(answer.body.errors?.map((error) => error.path)).toEqual(path === undefined ? undefined : [path]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'refuses a body of type %s',
    async (type) => {
      const answer = await register('{}', { 'Content-Type': type });
      expect(answer.body.code).toBe('unsupported_media_type');
    },
  );

  it('answers unknown API addresses and methods by name, never with the page', async () => {
    const unknown = await app.client().get('/api/nothing');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found']);
    const wrong = await app.client().put('/api/me', {});
    expect([wrong.status, wrong.headers.get('Allow')]).toEqual([405, 'GET, PATCH, DELETE']);
    expect([unknown, wrong].every(({ headers }) => headers.has('RateLimit'))).toBe(true);
    expect((await app.client().get('/api/%E0%A4%A')).status).toBeLessThan(500);
  });

  it('sends strict headers and no banner', async () => {
    const { headers } = await app.client().get('/api/me');
    const policy = headers.get('Content-Security-Policy');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.has('X-Powered-By')).toBe(false);
  });

  it('keeps a decent request id and replaces an odd one', async () => {
    const idFor = async (id: string) =>
      (await app.client().get('/_health', { headers: { 'X-Request-Id': id } })).headers.get('X-Request-Id');
    expect(await idFor('trace-1234567')).toBe('trace-1234567');
    expect(await idFor('a b{}')).toMatch(/^[0-9a-f-]{32,36}$/);
  });

  it('lets listed origins in, with cookies, and no others', async () => {
    const allowedFor = async (origin: string) => {
      const headers = { Origin: origin, 'Access-Control-Request-Method': 'POST' };
      const response = await fetch(`${app.url}/api/cases`, { method: 'OPTIONS', headers });
      return response.headers.get('Access-Control-Allow-Origin');
    };
    expect(await allowedFor('https://friend.example')).toBe('https://friend.example');
    expect(await allowedFor('https://friend.example.evil.org')).toBe(null);
    expect(await allowedFor('null')).toBe(null);
  });

  /** The raw answer to an upload of which only `sent` arrives; `hangUp` goes away instead of waiting. */
  const upload = async (sent: string, { length = sent.length, hangUp = false } = {}) => {
    const vet = await app.vet();
    const socket = connect(Number(new URL(app.instanceUrl).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const head = [
      'POST /api/protocols/validate HTTP/1.1',
      'Host: x',
      `Cookie: session_token=${vet.cookies.get('session_token')}`,
      `X-CSRF-Token: ${vet.csrfToken}`,
      'Content-Type: multipart/form-data; boundary=BB',
      `Content-Length: ${length}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${sent}`);
    if (hangUp) setTimeout(() => socket.destroy(), 50);
    await closed;
    return answer;
  };

  it('survives an upload that is cut off inside its file', async () => {
    const half = '--BB\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ndisease,keyw';
    expect(await upload(half)).toMatch(/^HTTP\/1.1 400 .*"code":"bad_request"/s);
    await upload(half, { length: 100_000, hangUp: true });
    await vi.waitFor(() =>
      expect(app.logs.some((line) => /protocols\/validate.*"aborted":true/.test(line))).toBe(true),
    );
    expect((await app.client().get('/_health')).status).toBe(200);
  });

  it('reports its health', async () => {
    expect((await app.client().get('/_health')).body).toEqual({ status: 'ok' });
    const ready = await app.client().get('/healthz');
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({ status: 'ok', checks: { database: { status: 'ok' } } });
  });
});

describe('request limits', () => {
  it('are exact and told in headers; another person has their own', async () => {
    const app = await startApp({ RATE_LIMIT_MAX: '4', RATE_LIMIT_WINDOW_MS: '6000' });
    const vet = await app.vet();
    const answers = await Promise.all(Array.from({ length: 10 }, () => vet.get('/api/me')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body.code).toBe('rate_limited');
    expect(['1', '2', '3', '4', '5', '6']).toContain(refused.headers.get('Retry-After'));
    expect(refused.headers.get('RateLimit-Policy')).toBe('"api";q=4;w=6');
    expect(refused.headers.get('RateLimit')).toMatch(/^"api";r=0;t=\d+$/);
    expect((await app.vet()).user.email).toBeTruthy();
    expect((await app.client().get('/_health')).status).toBe(200);
    await app.passWindow(6_001);
    expect((await vet.get('/api/me')).status).toBe(200);
    await app.close();
  });
});
