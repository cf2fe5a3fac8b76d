import type { Analysis, AnalysisResult } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Protocol } from '@mozarela/contract/protocols';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp, type Vet } from '../../../test/harness.ts';

const CSV = `Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan
Gastroenteritis,vomiting; diarrhoea,10,20,Faecal examination,Supportive care
Kennel cough,cough,5,30,Physical examination,Rest`;

const NOTE = { species: 'dog', clinicalSigns: 'Vomiting and diarrhoea for two days. No cough.' };

describe('analyses', () => {
  let app: App;
  let vet: Vet;
  let protocol: Protocol;

  beforeAll(async () => {
    app = await startApp();
    vet = await app.vet();
    protocol = (await vet.post<Protocol>('/api/protocols', { name: 'House', csv: CSV })).body;
  });
  afterAll(() => app.close());

  it('answers without an account and saves nothing', async () => {
    const { status, body } = await app.client().post<AnalysisResult>('/api/analyze', NOTE);
    expect(status).toBe(200);
    expect(body.engine).toBe('knowledge');
    const read = new Map(body.findings.map(({ id, assertion }) => [id, assertion]));
    expect([read.get('vomiting'), read.get('diarrhoea'), read.get('cough')]).toEqual([
      'present',
      'present',
      'absent',
    ]);
  });

  it("runs the clinic's protocol by its own arithmetic, for its clinic only", async () => {
    const request = { ...NOTE, engine: 'protocol', protocolId: protocol.id };
    const { body } = await vet.post<AnalysisResult>('/api/analyze', request);
    expect(body.diagnoses.map(({ name, points, probability }) => [name, points, probability])).toEqual([
      ['Gastroenteritis', 50, null],
    ]);
    expect((await app.client().post('/api/analyze', request)).status).toBe(401);
    expect((await (await app.vet()).post('/api/analyze', request)).status).toBe(404);
    expect((await vet.post('/api/analyze', { ...NOTE, engine: 'protocol' })).status).toBe(422);
  });

  it('keeps an analysis with the case and shows its top in the list', async () => {
    const record = (await vet.post<CaseRecord>('/api/cases', NOTE)).body;
    const path = `/api/cases/${record.id}/analyses`;
    const { status, body } = await vet.post<Analysis>(path, { engine: 'protocol', protocolId: protocol.id });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'succeeded', progress: 100, engine: 'protocol', caseId: record.id });
    expect((await vet.get<Analysis>(`/api/analyses/${body.id}`)).body).toEqual(body);
    expect((await vet.get<{ items: Analysis[] }>(path)).body.items).toEqual([body]);
    const latest = (await vet.get<CaseRecord>(`/api/cases/${record.id}`)).body.latestAnalysis;
    expect(latest?.top).toEqual([{ name: 'Gastroenteritis', probability: null }]);
    const found = await vet.get<{ items: unknown[] }>('/api/cases?q=gastroent');
    expect(found.body.items).toHaveLength(1);
  });

  it('tells when the case was changed after an answer, and not for a file, an outcome or a signature', async () => {
    const record = (await vet.post<CaseRecord>('/api/cases', NOTE)).body;
    const path = `/api/cases/${record.id}`;
    const first = await vet.post<Analysis>(`${path}/analyses`, { engine: 'knowledge' });
    expect(first.body.outdated).toBe(false);
    await vet.put(`${path}/outcome`, { diagnosis: 'Gastroenteritis' });
    const outdated = async () => (await vet.get<Analysis>(`/api/analyses/${first.body.id}`)).body.outdated;
    expect(await outdated()).toBe(false);
    const { version } = (await vet.get<CaseRecord>(path)).body;
    const edit = { headers: { 'If-Match': `"${version}"` } };
    await vet.patch(path, { clinicalSigns: 'Vomiting, now with a cough.' }, edit);
    expect(await outdated()).toBe(true);
    const second = await vet.post<Analysis>(`${path}/analyses`, { engine: 'knowledge' });
    expect(second.body.outdated).toBe(false);
  });

  it('repeats the first answer to a key even when its protocol is gone', async () => {
    const record = (await vet.post<CaseRecord>('/api/cases', NOTE)).body;
    const own = (await vet.post<Protocol>('/api/protocols', { name: 'Gone soon', csv: CSV })).body;
    const ask = (body: unknown) =>
      vet.post<Analysis>(`/api/cases/${record.id}/analyses`, body, {
        headers: { 'Idempotency-Key': 'again' },
      });
    const first = await ask({ engine: 'protocol', protocolId: own.id });
    await vet.delete(`/api/protocols/${own.id}`);
    const second = await ask({ engine: 'protocol', protocolId: own.id });
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect((await ask({ engine: 'protocol', protocolId: record.id })).status).toBe(409);
  });

  it('says that no language model is set up', async () => {
    const record = (await vet.post<CaseRecord>('/api/cases', NOTE)).body;
    const { status, body, headers } = await vet.post(`/api/cases/${record.id}/analyses`, {
      engine: 'ai',
      consent: true,
    });
    expect([status, body.code]).toEqual([503, 'ai_not_configured']);
    expect(headers.get('Retry-After')).toBe('60');
  });
});

describe('protocols', () => {
  let app: App;
  let vet: Vet;
  let stranger: Vet;

  beforeAll(async () => {
    app = await startApp();
    vet = await app.vet();
    stranger = await app.vet();
  });
  afterAll(() => app.close());

  type Check = { valid: boolean; rows: number; errors: { line: number; column: number }[] };
  const check = async (csv: string) => (await vet.post<Check>('/api/protocols/validate', { csv })).body;

  it('offers a template that is valid', async () => {
    const template = await app.client().get<string>('/api/protocols/template.csv');
    expect(template.headers.get('Content-Type')).toContain('text/csv');
    expect((await check(template.body)).errors).toEqual([]);
  });

  it('reads what spreadsheets write: BOM, CRLF, semicolons, quotes', async () => {
    const unquoted = CSV.replaceAll('; ', ', ');
    const semicolons = `\uFEFFDisease;Symptom_Keywords;Base_Probability;Match_Weight;Suggested_Tests;Treatment_Plan\r\n"Otitis ""externa""";"head shaking, ear scratching";12,5;10;Cytology;"Clean
and treat"\r\n`;
    expect((await check(semicolons)).errors).toEqual([]);
    expect((await check(unquoted)).valid).toBe(false);
  });

  it('asks for the unit of a threshold that fits two', async () => {
    const csv = CSV.replace(/\n[^,]+,[^,]+,/, '\nRenal,phosphate > 5,');
    const { body } = await vet.post<{ warnings: { message: string }[] }>('/api/protocols/validate', { csv });
    expect(body.warnings.map((w) => w.message).join()).toMatch(/"phosphate > 5" has no unit.*mg\/dL/);
  });

  it('names line and column of what is wrong, and saves nothing of it', async () => {
    const broken = CSV.replace('10,20', 'ten,20');
    const { valid, errors } = await check(broken);
    expect(valid).toBe(false);
    expect(errors[0]).toMatchObject({ line: 2 });
    const refused = await vet.post('/api/protocols', { name: 'Broken', csv: broken });
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, `csv:2:${errors[0]?.column}`]);
    expect((await check('Disease,Base_Probability\nx,1')).valid).toBe(false);
    const many = `${CSV.split('\n')[0]}\n${'A,cough,1,1,,\n'.repeat(50_000)}`;
    expect((await check(many)).valid).toBe(false);
    expect(
      (await vet.post('/api/protocols', { name: 'Huge', csv: 'x'.repeat(6 * 1024 * 1024) })).status,
    ).toBe(413);
    expect((await vet.get<{ items: unknown[] }>('/api/protocols')).body.items).toEqual([]);
  });

  it('takes a file, keeps versions, and belongs to its clinic', async () => {
    const form = new FormData();
    form.set('file', new Blob([CSV], { type: 'text/csv' }), 'My protocol.csv');
    const { status, body } = await vet.post<Protocol>('/api/protocols', form);
    expect([status, body.name, body.version, body.rows]).toEqual([201, 'My protocol', 1, 2]);
    const path = `/api/protocols/${body.id}`;
    const next = await vet.put<Protocol>(path, { name: 'Second', csv: CSV.replace('House', 'Home') });
    expect(next.body).toMatchObject({ name: 'Second', version: 2 });
    const versions = await vet.get<{ items: { version: number }[] }>(`${path}/versions`);
    expect(versions.body.items.map(({ version }) => version)).toEqual([2, 1]);
    // A hundred versions of 5 MB are no list.
    expect(JSON.stringify(versions.body)).not.toContain('csv');
    const first = await vet.get<Protocol>(`${path}/versions/1`);
    expect(first.body).toEqual({ ...versions.body.items[1], csv: CSV });
    for (const version of ['3', '0', '-1', 'x', '1e1', '99999999999'])
      expect([version, (await vet.get(`${path}/versions/${version}`)).status]).toEqual([version, 404]);
    const foreign = await Promise.all([
      stranger.get(path),
      stranger.put(path, {}),
      stranger.delete(path),
      stranger.get(`${path}/versions`),
      stranger.get(`${path}/versions/1`),
    ]);
    expect(foreign.map((answer) => answer.status)).toEqual([404, 404, 404, 404, 404]);
    expect((await vet.delete(path)).status).toBe(204);
    expect((await vet.get(`${path}/versions/1`)).status).toBe(404);
    expect((await vet.get(path)).status).toBe(404);
  });
});
