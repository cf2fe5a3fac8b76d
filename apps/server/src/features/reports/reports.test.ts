import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp, type Vet } from '../../../test/harness.ts';

type Report = {
  id: string;
  conditionId: string | null;
  analysisId: string | null;
  text: string;
  createdBy: { fullName: string };
  done: { by: { id: string } } | null;
};
type Reports = { items: Report[]; nextCursor: string | null };

const CONDITION = 'hypoadrenocorticism';
const HOUR_SECONDS = 3_600;

describe('reports of wrong or dangerous content', () => {
  let app: App;
  let admin: Vet;
  let vet: Vet;

  beforeAll(async () => {
    app = await startApp();
    admin = await app.vet();
    vet = await app.vet();
  });
  afterAll(() => app.close());

  const send = (body: unknown, by = vet) => by.post<{ id: string }>('/api/reports', body);
  const list = (status = 'open', more = '') =>
    admin.get<Reports>(`/api/admin/reports?status=${status}${more}`);

  it('reach the administrator, who settles and reopens them; both are audited', async () => {
    const sent = await send({ conditionId: CONDITION, text: 'Bradycardia is more frequent than this.' });
    expect(sent.status).toBe(201);
    const { id } = sent.body;
    const open = (await list()).body.items;
    expect(open[0]).toMatchObject({
      id,
      conditionId: CONDITION,
      analysisId: null,
      text: 'Bradycardia is more frequent than this.',
      createdBy: { fullName: vet.user.fullName },
      done: null,
    });

    const settle = (done: boolean) => admin.patch<Report>(`/api/admin/reports/${id}`, { done });
    expect((await settle(true)).body.done?.by.id).toBe(admin.user.id);
    expect((await list()).body.items.map((report) => report.id)).not.toContain(id);
    expect((await list('done')).body.items.map((report) => report.id)).toContain(id);
    expect((await settle(false)).body.done).toBeNull();
    expect((await list()).body.items.map((report) => report.id)).toContain(id);

    const audit = await admin.get<{ items: { action: string; target: string }[] }>('/api/admin/audit');
    const lines = audit.body.items.filter(({ target }) => target === id).map(({ action }) => action);
    expect(lines).toEqual(['report.reopened', 'report.done']);
  });

  it('may speak of an analysis of the own clinic, never of another one', async () => {
    const record = await vet.post<{ id: string }>('/api/cases', {
      species: 'dog',
      clinicalSigns: 'Vomiting and lethargy for two days.',
    });
    const analysis = await vet.post<{ id: string }>(`/api/cases/${record.body.id}/analyses`, {
      engine: 'knowledge',
    });
    const analysisId = analysis.body.id;
    expect((await send({ analysisId, text: 'The order is wrong.' })).status).toBe(201);
    const stranger = await app.vet();
    const refused = await stranger.post('/api/reports', { analysisId, text: 'Not mine.' });
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, 'analysisId']);
  });

  it.each([
    ['neither a condition nor an analysis', { text: 'Wrong.' }, 'conditionId'],
    ['a condition that does not exist', { conditionId: 'no-such-thing', text: 'Wrong.' }, 'conditionId'],
    ['an empty text', { conditionId: CONDITION, text: ' \n' }, 'text'],
    ['a text that is too long', { conditionId: CONDITION, text: 'x'.repeat(4001) }, 'text'],
  ])('refuses %s', async (_name, body, path) => {
    const answer = await vet.post('/api/reports', body);
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, path]);
  });

  it('need a session, and administration its role', async () => {
    expect((await app.client().post('/api/reports', { conditionId: CONDITION, text: 'x' })).status).toBe(401);
    expect((await vet.get('/api/admin/reports')).status).toBe(403);
    const unknown = '01900000-0000-7000-8000-000000000000';
    expect((await admin.patch(`/api/admin/reports/${unknown}`, { done: true })).status).toBe(404);
  });

  it('are limited to 20 an hour a person, and counted for each person alone', async () => {
    const busy = await app.vet();
    const statuses: number[] = [];
    for (let n = 0; n < 20; n += 1)
      statuses.push((await send({ conditionId: CONDITION, text: `Report ${n}` }, busy)).status);
    expect(statuses).toEqual(Array<number>(20).fill(201));
    const refused = await send({ conditionId: CONDITION, text: 'One too many' }, busy);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(HOUR_SECONDS / 2);
    expect(Number(refused.headers.get('Retry-After'))).toBeLessThanOrEqual(HOUR_SECONDS);
    expect((await send({ conditionId: CONDITION, text: 'Another person.' })).status).toBe(201);

    const first = (await list('open', '&limit=10')).body;
    expect(first.items).toHaveLength(10);
    const second = (await list('open', `&limit=10&cursor=${first.nextCursor}`)).body;
    expect((second.items[0]?.id ?? '') < (first.items[9]?.id ?? '')).toBe(true);
  });

  it('are part of what a person can take along, and never of the log', async () => {
    await send({ conditionId: CONDITION, text: 'plantedmarker in a report' });
    const { body } = await vet.get<{ reportsWritten: { text: string }[] }>('/api/me/export');
    expect(body.reportsWritten.some(({ text }) => text.includes('plantedmarker'))).toBe(true);
    expect(app.logs.join('\n')).not.toContain('plantedmarker');
  });
});
