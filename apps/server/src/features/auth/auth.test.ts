import type { User } from '@mozarela/contract/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, PASSWORD, startApp } from '../../../test/harness.ts';

type Me = User & { csrfToken: string };
type SignedIn = { user: User; csrfToken: string; expiresAt: string };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('accounts', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('makes the first account administrator, each the owner of a clinic', async () => {
    const first = await app.vet({ clinicName: 'First Clinic' });
    expect(first.user).toMatchObject({ isAdmin: true, clinic: { name: 'First Clinic', role: 'owner' } });
    const second = await app.vet();
    expect(second.user.isAdmin).toBe(false);
    expect(second.user.clinic.id).not.toBe(first.user.clinic.id);
    const me = await second.get<Me>('/api/me');
    expect(me.body).toEqual({ ...second.user, csrfToken: second.csrfToken });
  });

  it('gives a session cookie that scripts cannot read, and a browser sends to us only', async () => {
    const { headers } = await app.client().post('/api/auth/register', {
      fullName: 'Ana',
      email: 'Ana@Example.org',
      password: PASSWORD,
    });
    expect(headers.getSetCookie()[0]).toMatch(
      /^session_token=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/,
    );
    expect(headers.get('Cache-Control')).toBe('no-store');
  });

  it('signs in with the e-mail in any case, over a restart, and by bearer token without CSRF', async () => {
    const vet = await app.vet();
    await app.restart();
    expect((await vet.get('/api/me')).status).toBe(200);
    const other = app.client();
    const { status, body } = await other.post<SignedIn>('/api/auth/login', {
      email: vet.email.toUpperCase(),
      password: PASSWORD,
    });
    expect(status).toBe(200);
    expect(body.user).toEqual(vet.user);
    const headers = { Authorization: `Bearer ${other.cookies.get('session_token')}` };
    expect((await app.client().get('/api/me', { headers })).status).toBe(200);
    expect((await app.client().post('/api/auth/logout', undefined, { headers })).status).toBe(204);
    expect((await other.get('/api/me')).status).toBe(401);
  });

  it('ends a session at logout, for the cookie and for who copied it', async () => {
    const vet = await app.vet();
    const copied = vet.cookies.get('session_token')!;
    expect((await vet.post('/api/auth/logout')).status).toBe(204);
    expect(vet.cookies.has('session_token')).toBe(false);
    vet.cookies.set('session_token', copied);
    expect((await vet.get('/api/me')).body.code).toBe('unauthenticated');
  });

  it('refuses a taken e-mail, also when two register at once', async () => {
    const register = () =>
      app
        .client()
        .post('/api/auth/register', { fullName: 'Twin', email: 'twin@example.org', password: PASSWORD });
    const answers = await Promise.all([register(), register()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('answers unknown e-mail and wrong password alike', async () => {
    const { email } = await app.vet();
    const attempt = async (address: string) => {
      const { body } = await app
        .client()
        .post('/api/auth/login', { email: address, password: 'wrong password 1' });
      return { ...body, requestId: '' };
    };
    expect(await attempt(email)).toEqual(await attempt('nobody@example.org'));
    expect(await attempt(email)).toMatchObject({ status: 401, code: 'invalid_credentials' });
  });

  it('needs the CSRF token for writes by cookie', async () => {
    const vet = await app.vet();
    const good = vet.csrfToken;
    for (const csrfToken of ['', 'x', (await app.vet()).csrfToken]) {
      vet.csrfToken = csrfToken;
      expect((await vet.post('/api/auth/logout')).body.code).toBe('csrf_failed');
    }
    vet.csrfToken = good;
    expect((await vet.post('/api/auth/logout')).status).toBe(204);
  });

  it('expires sessions', async () => {
    const vet = await app.vet();
    app.advance(30 * DAY + 1);
    expect((await vet.get('/api/me')).status).toBe(401);
  });

  it.each([
    ['a forged token', { Cookie: `session_token=${'A'.repeat(43)}` }],
    ['an odd token', { Cookie: 'session_token=../../etc; session_token=' }],
    ['another scheme', { Authorization: 'Basic dmV0OnZldA==' }],
    ['nothing', {}],
  ])('refuses %s', async (_name, headers) => {
    expect((await app.client().get('/api/me', { headers: headers as Record<string, string> })).status).toBe(
      401,
    );
  });

  it('refuses a token in the address', async () => {
    const vet = await app.vet();
    const path = `/api/me?session_token=${vet.cookies.get('session_token')}`;
    expect((await vet.get(path)).body.code).toBe('bad_request');
  });

  it.each([
    'short',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    'password123456',
    'P@ssw0rd2024!!',
    'qwertyuiop123',
    '1234567890123',
    'iloveyoufootball',
    'mozarela.md2026',
    'maria.silva1990',
  ])('refuses the password %s', async (password) => {
    const { status, body } = await app.client().post('/api/auth/register', {
      fullName: 'Maria Silva',
      email: 'maria.silva@example.org',
      password,
    });
    expect(status).toBe(422);
    expect(body.errors?.[0]?.path).toBe('password');
  });

  it.each([
    'correct horse battery staple',
    'Vacas-pastam-ao-luar',
    'x8#kQ2!vLm9p',
    '猫と犬と馬と牛と兎と鳥の話',
  ])('takes the password %s', async (password) => {
    const vet = await app.vet({ password });
    const body = { email: vet.email, password };
    expect((await app.client().post('/api/auth/login', body)).status).toBe(200);
  });

  it('never logs a password, a token, a name or an e-mail', async () => {
    const vet = await app.vet({ fullName: 'Planted Marker' });
    await vet.get('/api/me?q=plantedquery');
    const log = app.logs.join('');
    for (const secret of [
      PASSWORD,
      vet.cookies.get('session_token')!,
      vet.csrfToken,
      'Marker',
      vet.email,
      'plantedquery',
    ])
      expect(log).not.toContain(secret);
    expect(log).toContain('"route":"/api/me"');
  });
});

describe('failed logins', () => {
  it('are counted per account and address, exactly, and a good one is not', async () => {
    const app = await startApp({
      LOGIN_RATE_LIMIT_MAX: '5',
      LOGIN_RATE_LIMIT_IP_MAX: '7',
      LOGIN_RATE_LIMIT_WINDOW_MS: '9000',
    });
    const { email } = await app.vet();
    const login = async (password: string, address = email) =>
      app.client().post('/api/auth/login', { email: address, password });
    for (let n = 0; n < 6; n += 1) expect((await login(PASSWORD)).status).toBe(200);
    const statuses = (await Promise.all(Array.from({ length: 12 }, () => login('not the password')))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
    const refused = await login(PASSWORD);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('Retry-After'))).toBeLessThanOrEqual(9);
    expect((await login('x', 'a@example.org')).status).toBe(401);
    expect((await login('x', 'b@example.org')).status).toBe(401);
    expect((await login('x', 'c@example.org')).status).toBe(429);
    await app.passWindow(9_001);
    expect((await login(PASSWORD)).status).toBe(200);
    await app.close();
  });
});

describe('registration', () => {
  it('is closed by REGISTRATION=invite after the first account', async () => {
    const app = await startApp({ REGISTRATION: 'invite' });
    await app.vet();
    const second = { fullName: 'B', email: 'b@example.org', password: PASSWORD };
    expect((await app.client().post('/api/auth/register', second)).body.code).toBe('registration_closed');
    await app.close();
  });

  it('in production needs the set-up token of the log for the first account, and Secure cookies', async () => {
    const app = await startApp({ NODE_ENV: 'production', HOST: '127.0.0.1' });
    const input = { fullName: 'A', email: 'a@example.org', password: PASSWORD };
    const refused = await app.client().post('/api/auth/register', { ...input, setupToken: 'guess' });
    expect(refused.body.code).toBe('setup_token_required');
    const line = app.logs.find((text) => text.includes('setupToken'))!;
    const { setupToken } = JSON.parse(line) as { setupToken: string };
    const accepted = await app.client().post('/api/auth/register', { ...input, setupToken });
    expect(accepted.status).toBe(201);
    expect(accepted.headers.getSetCookie()[0]).toContain('; Secure');
    await app.close();
  });
});
