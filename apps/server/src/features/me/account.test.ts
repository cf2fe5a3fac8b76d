import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, PASSWORD, startApp, type Vet } from '../../../test/harness.ts';

const NEW_PASSWORD = 'brisk-heron-under-lamp-77';

describe('an account', () => {
  let app: App;
  let admin: Vet;

  beforeAll(async () => {
    app = await startApp();
    admin = await app.vet();
  });
  afterAll(() => app.close());

  const signIn = (vet: Vet, password: string) =>
    app.client().post('/api/auth/login', { email: vet.email, password });

  it('says what the sign-up page needs', async () => {
    const { body } = await app.client().get<Record<string, unknown>>('/api/installation');
    expect(body).toMatchObject({ fresh: false, registration: 'open', setupTokenRequired: false, ai: false });
    expect(body.knowledgeVersion).toMatch(/^[0-9a-f]+$/);
  });

  it('is told on the sign-up page whether a language model can be asked', async () => {
    const asking = await startApp({ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', AI_MODEL: 'm' });
    const { body } = await asking.client().get<{ ai: boolean }>('/api/installation');
    await asking.close();
    expect(body.ai).toBe(true);
  });

  it('changes name and clinic, and its e-mail only with the password', async () => {
    const vet = await app.vet();
    const { body } = await vet.patch<Record<string, unknown>>('/api/me', {
      fullName: 'Rita',
      clinicName: 'Northside',
    });
    expect(body).toMatchObject({ fullName: 'Rita', clinic: { name: 'Northside' } });
    const email = 'rita@example.org';
    expect((await vet.patch('/api/me', { email })).status).toBe(422);
    expect((await vet.patch('/api/me', { email, password: 'wrong' })).status).toBe(401);
    expect((await vet.patch('/api/me', { email: admin.email, password: PASSWORD })).status).toBe(409);
    expect((await vet.patch('/api/me', { email, password: PASSWORD })).status).toBe(200);
    expect((await vet.patch('/api/me', {})).status).toBe(422);
  });

  it('changes its password and thereby ends every other session', async () => {
    const vet = await app.vet();
    const other = app.client();
    await other.post('/api/auth/login', { email: vet.email, password: PASSWORD });
    const change = (currentPassword: string, newPassword: string) =>
      vet.post('/api/me/password', { currentPassword, newPassword });
    expect((await change('wrong', NEW_PASSWORD)).status).toBe(401);
    expect((await change(PASSWORD, 'short')).status).toBe(422);
    expect((await change(PASSWORD, NEW_PASSWORD)).status).toBe(204);
    expect((await other.get('/api/me')).status).toBe(401);
    expect((await vet.get('/api/me')).status).toBe(200);
    expect((await signIn(vet, PASSWORD)).status).toBe(401);
    expect((await signIn(vet, NEW_PASSWORD)).status).toBe(200);
  });

  it("lists its sessions, ends one at once, and never another person's", async () => {
    const vet = await app.vet();
    const other = app.client();
    await other.post('/api/auth/login', { email: vet.email, password: PASSWORD });
    const list = () => vet.get<{ items: { id: string; current: boolean }[] }>('/api/sessions');
    const { items } = (await list()).body;
    expect(items).toHaveLength(2);
    const remote = items.find(({ current }) => !current);
    expect((await admin.delete(`/api/sessions/${remote?.id}`)).status).toBe(404);
    expect((await vet.delete(`/api/sessions/${remote?.id}`)).status).toBe(204);
    expect((await other.get('/api/me')).status).toBe(401);
    expect((await list()).body.items).toHaveLength(1);
  });

  it('prolongs a session and its cookie', async () => {
    const vet = await app.vet();
    const token = vet.cookies.get('session_token');
    const { status, headers } = await vet.post('/api/sessions/refresh');
    expect(status).toBe(200);
    expect(headers.getSetCookie()).toEqual([
      `session_token=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`,
    ]);
    const program = { headers: { Authorization: `Bearer ${token}` } };
    const answer = await app.client().post('/api/sessions/refresh', undefined, program);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
  });

  it('is reset by a one-time link, once, within the hour', async () => {
    const vet = await app.vet();
    const link = async () => {
      const { body } = await admin.post<{ url: string }>(`/api/admin/users/${vet.user.id}/reset-link`);
      return body.url.split('#')[1];
    };
    const reset = (token: string | undefined, password = NEW_PASSWORD) =>
      app.client().post('/api/auth/reset', { token, password });
    expect((await reset('no-such-token')).status).toBe(410);
    const token = await link();
    expect((await reset(token, 'password-password')).status).toBe(422);
    expect((await reset(token)).status).toBe(204);
    expect((await reset(token)).status).toBe(410);
    expect((await vet.get('/api/me')).status).toBe(401);
    expect((await signIn(vet, NEW_PASSWORD)).status).toBe(200);
    const late = await link();
    app.advance(61 * 60 * 1000);
    expect((await reset(late)).status).toBe(410);
  });

  it('leaves no other link open once its password is new', async () => {
    const vet = await app.vet();
    const link = async () => {
      const { body } = await admin.post<{ url: string }>(`/api/admin/users/${vet.user.id}/reset-link`);
      return body.url.split('#')[1];
    };
    const reset = async (token: string | undefined, password: string) =>
      (await app.client().post('/api/auth/reset', { token, password })).status;
    const [used, forgotten] = [await link(), await link()];
    expect(await reset(used, NEW_PASSWORD)).toBe(204);
    expect(await reset(forgotten, `${NEW_PASSWORD}-again`)).toBe(410);
    const late = await link();
    const again = app.client();
    const { body } = await again.post<{ csrfToken: string }>('/api/auth/login', {
      email: vet.email,
      password: NEW_PASSWORD,
    });
    again.csrfToken = body.csrfToken;
    const change = { currentPassword: NEW_PASSWORD, newPassword: PASSWORD };
    expect((await again.post('/api/me/password', change)).status).toBe(204);
    expect(await reset(late, NEW_PASSWORD)).toBe(410);
    expect((await signIn(vet, PASSWORD)).status).toBe(200);
  });

  it('exports what is held of it and leaves the clinic its cases', async () => {
    const vet = await app.vet();
    await vet.post('/api/cases', { species: 'cat', clinicalSigns: 'Sneezing.' });
    const data = await vet.get<{ account: object; casesWritten: unknown[] }>('/api/me/export');
    expect(data.body.account).toMatchObject({ email: vet.email });
    expect(data.body.casesWritten).toHaveLength(1);
    expect((await vet.delete('/api/me', { password: 'wrong' })).status).toBe(401);
    expect((await vet.delete('/api/me', { password: PASSWORD })).status).toBe(204);
    expect((await vet.get('/api/me')).status).toBe(401);
    expect((await signIn(vet, PASSWORD)).status).toBe(401);
    const cases = await admin.get<{ items: { createdBy: { fullName: string } }[] }>('/api/admin/cases');
    expect(cases.body.items[0]?.createdBy.fullName).toBe('Former member');
  });

  it('is left without a body too', async () => {
    const vet = await app.vet();
    expect((await vet.delete('/api/me')).status).toBe(204);
    expect((await signIn(vet, PASSWORD)).status).toBe(401);
  });

  it('is not left by the only administrator of others', async () => {
    expect((await admin.delete('/api/me', { password: PASSWORD })).status).toBe(409);
  });
});

describe('administration', () => {
  let app: App;
  let admin: Vet;
  let vet: Vet;

  beforeAll(async () => {
    app = await startApp();
    admin = await app.vet();
    vet = await app.vet({ fullName: 'Searched For' });
  });
  afterAll(() => app.close());

  it('is for administrators', async () => {
    for (const path of ['stats', 'users', 'cases', 'audit']) {
      expect((await vet.get(`/api/admin/${path}`)).status).toBe(403);
      expect((await app.client().get(`/api/admin/${path}`)).status).toBe(401);
      expect((await admin.get(`/api/admin/${path}`)).status).toBe(200);
    }
  });

  it('finds cases by the names around them, never by their text', async () => {
    const note = { species: 'dog', patientName: 'Ori_on', clinicalSigns: 'Unmistakable sneezing.' };
    const { id } = (await vet.post<{ id: string }>('/api/cases', note)).body;
    const find = async (q: string) =>
      (await admin.get<{ items: { id: string }[] }>(`/api/admin/cases?q=${q}`)).body.items.map((c) => c.id);
    expect(await find('ori_')).toEqual([id]);
    expect(await find('unmistakable')).toEqual([]);
  });

  it("finds people, grants and takes the role, never one's own, and leaves a trail", async () => {
    const found = await admin.get<{ items: { id: string }[] }>('/api/admin/users?q=searched');
    expect(found.body.items.map(({ id }) => id)).toEqual([vet.user.id]);
    const literal = await app.vet({ email: 'under_score@example.org' });
    const exact = await admin.get<{ items: { id: string }[] }>('/api/admin/users?q=r_s');
    expect(exact.body.items.map(({ id }) => id)).toEqual([literal.user.id]);
    const toggle = (id: string) => admin.patch<{ isAdmin: boolean }>(`/api/admin/users/${id}/toggle-admin`);
    expect((await toggle(admin.user.id)).status).toBe(409);
    expect((await toggle(vet.user.id)).body.isAdmin).toBe(true);
    expect((await toggle(vet.user.id)).body.isAdmin).toBe(false);
    const audit = await admin.get<{ items: { action: string; target: string }[] }>('/api/admin/audit');
    expect(audit.body.items.map(({ action }) => action)).toEqual(['user.admin_taken', 'user.admin_granted']);
  });

  it('deletes a case of any clinic and an account, but shows no case text', async () => {
    const { body } = await vet.post<{ id: string }>('/api/cases', {
      species: 'dog',
      clinicalSigns: 'plantedmarker',
    });
    const list = await admin.get('/api/admin/cases');
    expect(JSON.stringify(list.body)).toContain(body.id);
    expect(JSON.stringify(list.body)).not.toContain('plantedmarker');
    expect((await admin.delete(`/api/admin/cases/${body.id}`)).status).toBe(204);
    expect((await admin.delete(`/api/admin/cases/${body.id}`)).status).toBe(404);
    expect((await admin.delete(`/api/admin/users/${admin.user.id}`)).status).toBe(409);
    expect((await admin.delete(`/api/admin/users/${vet.user.id}`)).status).toBe(204);
    expect((await vet.get('/api/me')).status).toBe(401);
  });
});
