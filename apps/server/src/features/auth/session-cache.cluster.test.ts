/** Two whole applications on one database and one Redis: what one revokes, the other refuses. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../../../../../testbed/postgres.ts';
import { until } from '../../../../../testbed/process.ts';
import { type SingleRedis, startRedis } from '../../../../../testbed/redis.ts';
import { type App, type Client, PASSWORD, startApp, type Vet } from '../../../test/harness.ts';

type Me = { fullName: string; isAdmin: boolean; clinic: { name: string } };

describe('two instances on one Redis', () => {
  let redis: SingleRedis;
  let postgres: Postgres;
  let here: App;
  let there: App;
  let admin: Vet;

  beforeAll(async () => {
    redis = await startRedis({ password: 'secret' });
    postgres = await startPostgres();
    const env = { REDIS_URL: redis.url, DATABASE_URL: postgres.url() };
    here = await startApp(env);
    there = await startApp(env);
    admin = await here.vet();
  });
  afterAll(async () => {
    await there.close();
    await here.close();
    await redis.stop();
    await postgres.stop();
  });

  /** The same person at the other instance. */
  function twin(vet: Client): Client {
    const client = there.client();
    client.cookies.set('session_token', vet.cookies.get('session_token')!);
    client.csrfToken = vet.csrfToken;
    return client;
  }
  /** Both instances have the session in their hands. */
  async function seen(vet: Client): Promise<Client> {
    const other = twin(vet);
    for (const client of [other, vet, other]) expect((await client.get('/api/me')).status).toBe(200);
    return other;
  }
  const health = async (app: App) => {
    const { status, body } = await app.client().get<{ status: string }>('/healthz');
    return `${status} ${body.status}`;
  };
  const signIn = async (vet: Vet) => {
    const client = here.client();
    const { body } = await client.post<{ csrfToken: string }>('/api/auth/login', {
      email: vet.email,
      password: PASSWORD,
    });
    client.csrfToken = body.csrfToken;
    return client;
  };

  it('sign-out and the end of another session hold at once', async () => {
    const vet = await here.vet();
    const phone = await signIn(vet);
    const [vetThere, phoneThere] = [await seen(vet), await seen(phone)];
    const { body } = await vet.get<{ items: { id: string; current: boolean }[] }>('/api/sessions');
    const other = body.items.find(({ current }) => !current);
    expect((await vet.delete(`/api/sessions/${other?.id}`)).status).toBe(204);
    expect((await phoneThere.get('/api/me')).status).toBe(401);
    expect((await vetThere.get('/api/me')).status).toBe(200);
    expect((await vet.post('/api/auth/logout')).status).toBe(204);
    expect((await vetThere.get('/api/me')).status).toBe(401);
  });

  it('a new password ends the other sessions, a reset all of them', async () => {
    const vet = await here.vet();
    const phone = await signIn(vet);
    const [vetThere, phoneThere] = [await seen(vet), await seen(phone)];
    const change = { currentPassword: PASSWORD, newPassword: 'brisk-heron-under-lamp-77' };
    expect((await vet.post('/api/me/password', change)).status).toBe(204);
    expect((await phoneThere.get('/api/me')).status).toBe(401);
    expect((await vetThere.get('/api/me')).status).toBe(200);
    const { body } = await admin.post<{ url: string }>(`/api/admin/users/${vet.user.id}/reset-link`);
    const reset = { token: body.url.split('#')[1], password: PASSWORD };
    expect((await here.client().post('/api/auth/reset', reset)).status).toBe(204);
    expect((await vetThere.get('/api/me')).status).toBe(401);
  });

  it('an administrator is one no longer, or from now on, everywhere', async () => {
    const vet = await here.vet();
    const other = await seen(vet);
    const toggle = () => admin.patch(`/api/admin/users/${vet.user.id}/toggle-admin`);
    for (const status of [200, 403]) {
      await toggle();
      expect((await other.get('/api/admin/stats')).status).toBe(status);
    }
  });

  it('names are new, and who is deleted is gone', async () => {
    const vet = await here.vet();
    const other = await seen(vet);
    await vet.patch('/api/me', { fullName: 'Rita', clinicName: 'Northside' });
    expect((await other.get<Me>('/api/me')).body).toMatchObject({
      fullName: 'Rita',
      clinic: { name: 'Northside' },
    });
    const leaver = await here.vet();
    const leaverThere = await seen(leaver);
    expect((await admin.delete(`/api/admin/users/${vet.user.id}`)).status).toBe(204);
    expect((await other.get('/api/me')).status).toBe(401);
    expect((await leaver.delete('/api/me', { password: PASSWORD })).status).toBe(204);
    expect((await leaverThere.get('/api/me')).status).toBe(401);
  });

  it.each([
    ['killed', () => redis.kill(), () => redis.start()],
    ['frozen', () => redis.freeze(), () => redis.unfreeze()],
  ])(
    'with Redis %s all goes on, and a revocation meanwhile still holds when it is back',
    async (_how, lose, restore) => {
      const vet = await here.vet();
      const other = await seen(vet);
      await lose();
      expect((await other.get('/api/me')).status).toBe(200);
      await until('the loss to be told', async () => (await health(here)) === '200 degraded');
      expect((await vet.post('/api/auth/logout')).status).toBe(204);
      expect((await other.get('/api/me')).status).toBe(401);
      await restore();
      const statuses: number[] = [];
      await until('both instances to be well', async () => {
        const states = await Promise.all([here, there].map(health));
        statuses.push((await other.get('/api/me')).status);
        return states.every((state) => state === '200 ok');
      });
      expect(new Set(statuses)).toEqual(new Set([401]));
      expect((await other.get('/api/me')).status).toBe(401);
      expect((await admin.get('/api/me')).status).toBe(200);
    },
  );

  it('limits count for both together', async () => {
    const env = {
      REDIS_URL: `${redis.url}?prefix=limited`,
      DATABASE_URL: postgres.url(),
      RATE_LIMIT_MAX: '6',
    };
    const [one, two] = [await startApp(env), await startApp(env)];
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1)
      for (const app of [one, two]) statuses.push((await app.client().get('/api/me')).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(6);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    await two.close();
    await one.close();
  });
});
