import type { CaseRecord, CaseSummary } from '@mozarela/contract/cases';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp, type Vet } from '../../../test/harness.ts';

type Page = { items: CaseSummary[]; nextCursor: string | null };

const NOTE = { species: 'dog', clinicalSigns: 'Vomiting and diarrhoea since yesterday.' };

describe('cases', () => {
  let app: App;
  let vet: Vet;
  let stranger: Vet;

  beforeAll(async () => {
    app = await startApp();
    vet = await app.vet();
    stranger = await app.vet();
  });
  afterAll(() => app.close());

  const create = async (extra: Record<string, unknown> = {}) => {
    const { status, body } = await vet.post<CaseRecord>('/api/cases', { ...NOTE, ...extra });
    expect(status).toBe(201);
    return body;
  };

  it('saves what was typed and gives it back', async () => {
    const typed = {
      patientName: 'Luna',
      breed: 'Beagle',
      sex: 'FS',
      age: '7 y',
      weightKg: 12.5,
      labFindings: 'ALT 340 (10-125)',
      corrections: [{ finding: 'vomiting', assertion: 'absent' }],
    };
    const record = await create(typed);
    expect(record).toMatchObject({
      ...NOTE,
      ...typed,
      status: 'open',
      version: 1,
      outcome: null,
      attachments: [],
    });
    const { body } = await vet.get<CaseRecord>(`/api/cases/${record.id}`);
    expect(body).toEqual(record);
  });

  it('shares a case within the clinic and with nobody else, in every route', async () => {
    const { id } = await create();
    const analysis = (await vet.post<{ id: string }>(`/api/cases/${id}/analyses`, { engine: 'knowledge' }))
      .body;
    const answers = await Promise.all([
      stranger.get(`/api/cases/${id}`),
      stranger.patch(`/api/cases/${id}`, { nonsense: true }),
      stranger.delete(`/api/cases/${id}`),
      stranger.post(`/api/cases/${id}/restore`),
      stranger.get(`/api/cases/${id}/events`),
      stranger.post(`/api/cases/${id}/sign`),
      stranger.post(`/api/cases/${id}/addenda`, {}),
      stranger.put(`/api/cases/${id}/outcome`, {}),
      stranger.get(`/api/cases/${id}/soap.txt`),
      stranger.post(`/api/cases/${id}/analyses`, {}),
      stranger.get(`/api/cases/${id}/analyses`),
      stranger.get(`/api/analyses/${analysis.id}`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    const { body } = await stranger.get<Page>('/api/cases');
    expect(body.items).toEqual([]);
  });

  it('makes a recheck of the same patient, and refuses a patient of another clinic', async () => {
    const first = await create({ patientName: 'Rex' });
    const second = await create({ patientName: 'Rex', patientId: first.patientId });
    expect(second.patientId).toBe(first.patientId);
    const { body } = await vet.get<Page>(`/api/cases?patientId=${first.patientId}`);
    expect(body.items.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await stranger.post('/api/cases', { ...NOTE, patientId: first.patientId })).status).toBe(404);
  });

  it('lets one of two concurrent editors through', async () => {
    const { id } = await create();
    expect((await vet.patch(`/api/cases/${id}`, { breed: 'Pug' })).status).toBe(428);
    const edit = (breed: string) =>
      vet.patch(`/api/cases/${id}`, { breed }, { headers: { 'If-Match': '"1"' } });
    const statuses = (await Promise.all([edit('Pug'), edit('Boxer')])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409]);
    expect((await vet.get<CaseRecord>(`/api/cases/${id}`)).body.version).toBe(2);
  });

  it('deletes softly, restores within 30 days, and not later', async () => {
    const { id } = await create({ patientName: 'Ghost' });
    expect((await vet.post(`/api/cases/${id}/restore`)).status).toBe(409);
    expect((await vet.delete(`/api/cases/${id}`)).status).toBe(204);
    expect((await vet.get(`/api/cases/${id}`)).status).toBe(404);
    expect((await vet.delete(`/api/cases/${id}`)).status).toBe(404);
    expect((await vet.get<Page>('/api/cases?q=ghost')).body.items).toEqual([]);
    expect((await vet.post(`/api/cases/${id}/restore`)).status).toBe(200);
    expect((await vet.get<Page>('/api/cases?q=ghost')).body.items).toHaveLength(1);
    await vet.delete(`/api/cases/${id}`);
    await vet.post(`/api/cases/${id}/restore`);
  });

  it('locks a signed record and takes addenda and the outcome', async () => {
    const { id } = await create();
    expect((await vet.post(`/api/cases/${id}/addenda`, { text: 'early' })).status).toBe(409);
    const signed = await vet.post<CaseRecord>(`/api/cases/${id}/sign`, undefined, {
      headers: { 'If-Match': '"1"' },
    });
    expect(signed.body).toMatchObject({ status: 'signed', signedBy: { id: vet.user.id } });
    const headers = { 'If-Match': '"2"' };
    expect((await vet.patch(`/api/cases/${id}`, { breed: 'Pug' }, { headers })).status).toBe(423);
    expect((await vet.post(`/api/cases/${id}/sign`, undefined, { headers })).status).toBe(423);
    expect((await vet.delete(`/api/cases/${id}`)).status).toBe(423);
    const added = await vet.post<CaseRecord>(`/api/cases/${id}/addenda`, { text: 'Owner phoned.' });
    expect(added.status).toBe(201);
    expect(added.body.addenda.map(({ text }) => text)).toEqual(['Owner phoned.']);
    const outcome = await vet.put<CaseRecord>(`/api/cases/${id}/outcome`, { diagnosis: 'Gastroenteritis' });
    expect(outcome.body.outcome).toEqual({ diagnosis: 'Gastroenteritis' });
  });

  it('tells the history: who, when, what', async () => {
    const { id } = await create();
    await vet.patch(`/api/cases/${id}`, { age: '3 y' }, { headers: { 'If-Match': '"1"' } });
    await vet.delete(`/api/cases/${id}`);
    const { body } = await vet.get<{ items: { type: string; seq: number; actor: { id: string } }[] }>(
      `/api/cases/${id}/events`,
    );
    expect(body.items.map(({ seq, type }) => [seq, type])).toEqual([
      [3, 'case.deleted'],
      [2, 'case.changed'],
      [1, 'case.created'],
    ]);
    expect(body.items.every(({ actor }) => actor.id === vet.user.id)).toBe(true);
  });

  it('gives a repeat with the same Idempotency-Key the first answer', async () => {
    const headers = { 'Idempotency-Key': 'first-try-1' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => vet.post<CaseRecord>('/api/cases', NOTE, { headers })),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const other = await vet.post('/api/cases', { ...NOTE, age: '1 y' }, { headers });
    expect(other.status).toBe(409);
  });

  it('writes SOAP text, CSV without live formulas, and JSON', async () => {
    const { id } = await create({ patientName: '=HYPERLINK("x")', labFindings: 'PCV 20%' });
    await vet.post(`/api/cases/${id}/analyses`, { engine: 'knowledge' });
    const soap = await vet.get<string>(`/api/cases/${id}/soap.txt`);
    expect(soap.body).toContain('Vomiting and diarrhoea since yesterday.');
    const csv = await vet.get<string>('/api/cases/export?format=csv');
    expect(csv.body).toContain(`"'=HYPERLINK(""x"")"`);
    const json = await vet.get<CaseRecord[]>('/api/cases/export?format=json');
    expect(json.body.some((record) => record.id === id)).toBe(true);
  });
});

describe('the list of cases', () => {
  let app: App;
  let vet: Vet;

  beforeAll(async () => {
    app = await startApp();
    vet = await app.vet();
    for (let n = 0; n < 45; n += 1)
      await vet.post('/api/cases', {
        ...NOTE,
        species: n % 3 === 0 ? 'cat' : 'dog',
        patientName: n % 5 === 0 ? 'Médor' : `Patient ${n}`,
      });
  });
  afterAll(() => app.close());

  const walk = async (filter: string) => {
    const seen: CaseSummary[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor ? `&cursor=${cursor}` : '';
      const { status, body }: { status: number; body: Page } = await vet.get<Page>(
        `/api/cases?limit=7${filter}${after}`,
      );
      expect(status).toBe(200);
      seen.push(...body.items);
      cursor = body.nextCursor;
    }
    return seen;
  };

  it('pages through everything once, newest first', async () => {
    const seen = await walk('');
    expect(seen).toHaveLength(45);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(45);
    const times = seen.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('searches without accents and case, by the beginning of a word, with filters', async () => {
    expect(await walk('&q=MEDOR')).toHaveLength(9);
    expect(await walk('&q=méd&species=cat')).toHaveLength(3);
    expect(await walk('&q=vomit%20diarr')).toHaveLength(45);
    expect(await walk('&q=nothing%20such')).toEqual([]);
    expect(await walk('&q=%22%2A%20OR')).toEqual([]);
    expect(await walk('&species=cat')).toHaveLength(15);
    expect(await walk('&from=2020-01-01&to=2021-01-01')).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await walk(`&from=${today}&to=${today}`)).toHaveLength(45);
  });

  it('finds every case of a patient among the many that match', async () => {
    const [oldest] = (await walk('')).slice(-1);
    const recheck = { ...NOTE, patientName: 'Recheck', patientId: oldest!.patientId };
    const { body: newest } = await vet.post<CaseRecord>('/api/cases', recheck);
    for (let n = 0; n < 9; n += 1) await vet.post('/api/cases', NOTE);
    const found = await walk(`&q=vomit&patientId=${oldest!.patientId}`);
    expect(found.map(({ id }) => id)).toEqual([newest.id, oldest!.id]);
    const first = await vet.get<Page>(`/api/cases?limit=1&q=vomit&patientId=${oldest!.patientId}`);
    expect([first.body.items[0]?.id, first.body.nextCursor]).toEqual([newest.id, newest.id]);
    expect(await walk(`&q=zebra&patientId=${oldest!.patientId}`)).toEqual([]);
    const stranger = await app.vet();
    const { body } = await stranger.get<Page>(`/api/cases?q=vomit&patientId=${oldest!.patientId}`);
    expect(body).toEqual({ items: [], nextCursor: null });
  });

  it('refuses what makes no sense', async () => {
    for (const query of [
      'limit=0',
      'limit=101',
      'species=unicorn',
      'from=yesterday',
      'cursor=x%00',
      'unknown=1',
    ])
      expect([query, (await vet.get(`/api/cases?${query}`)).status]).toEqual([query, 422]);
  });
});
