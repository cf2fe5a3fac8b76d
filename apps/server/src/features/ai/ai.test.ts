import type { AiPreview, AiSettings } from '@mozarela/contract/ai';
import type { Analysis, AnalysisResult } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AiPeer, startAiPeer } from '../../../../../testbed/ai-peer.ts';
import { type Behaviour, PROVIDER_SECRET } from '../../../../../testbed/ai-peer-answers.ts';
import { type App, startApp, type Vet } from '../../../test/harness.ts';

const MARKER = 'Quillfeather';
let serial = 0;

/** A case that no other test has; its words are its own, its names are not. */
function note(overrides: Record<string, unknown> = {}) {
  serial += 1;
  return {
    patientName: 'Bramble',
    species: 'dog',
    sex: 'MN',
    age: '6 y',
    clinicalSigns: `Vomiting ${serial} times since 12/03/2025. Owner: Mrs ${MARKER}, tel 912 345 678. Bramble is lethargic.`,
    labFindings: 'Na 128, K 6.9',
    ...overrides,
  };
}

describe('the ai engine', () => {
  let peer: AiPeer;
  let app: App;
  let vet: Vet;

  beforeAll(async () => {
    peer = await startAiPeer();
    app = await startApp({
      GOOGLE_API_KEY: peer.key,
      GOOGLE_API_BASE_URL: peer.geminiUrl,
      AI_MODEL: 'model-a',
      AI_FALLBACK_MODEL: 'model-b',
      AI_RETRY_DELAY_MS: '1',
      AI_PRICE_INPUT: '0.30',
      AI_PRICE_OUTPUT: '2.50',
    });
    vet = await allowed();
  });
  beforeEach(() => peer.reset());
  afterAll(async () => {
    await app.close();
    await peer.stop();
  });

  /** A vet of a new clinic that has allowed AI. */
  async function allowed(): Promise<Vet> {
    const own = await app.vet({ clinicName: 'Oakfield Vets' });
    await own.put('/api/clinic/ai', { enabled: true });
    return own;
  }
  const saved = async (who: Vet, overrides = {}) =>
    (await who.post<CaseRecord>('/api/cases', note(overrides))).body;
  const ask = (who: Vet, record: CaseRecord, headers: Record<string, string> = {}) =>
    who.post<Analysis>(`/api/cases/${record.id}/analyses`, { engine: 'ai', consent: true }, { headers });
  const read = async (who: Vet, id: string) => (await who.get<Analysis>(`/api/analyses/${id}`)).body;
  async function finished(who: Vet, id: string): Promise<Analysis> {
    for (;;) {
      const analysis = await read(who, id);
      if (analysis.finishedAt !== null) return analysis;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('asks for consent and for the switch of the clinic, which its owner turns', async () => {
    const careful = await app.vet();
    const record = await saved(careful);
    const path = `/api/cases/${record.id}/analyses`;
    const unconsented = await careful.post(path, { engine: 'ai' });
    expect([unconsented.status, unconsented.body.errors?.[0]?.path]).toEqual([422, 'consent']);
    const off = await careful.post(path, { engine: 'ai', consent: true });
    expect([off.status, off.body.code]).toEqual([403, 'ai_not_allowed']);
    const before = (await careful.get<AiSettings>('/api/clinic/ai')).body;
    expect(before).toMatchObject({ configured: true, enabled: false, mayChange: true });
    expect(before.provider).toMatchObject({ adapter: 'gemini', model: 'model-a' });
    expect((await careful.put<AiSettings>('/api/clinic/ai', { enabled: true })).body.enabled).toBe(true);
    expect((await ask(careful, record)).status).toBe(202);
    await careful.put('/api/clinic/ai', { enabled: false });
    expect((await ask(careful, record)).status).toBe(403);
  });

  it('shows exactly what would leave, and sends exactly that', async () => {
    const record = await saved(vet);
    const { body: preview } = await vet.get<{ payload: Record<string, string>; system: string }>(
      `/api/cases/${record.id}/ai-preview`,
    );
    expect(peer.requests).toEqual([]);
    expect(preview.payload.clinicalSigns).toBe(
      `Vomiting ${serial} times since [date]. Owner: [name], tel [phone]. [name] is lethargic.`,
    );
    const { body } = await ask(vet, record);
    const { status, result, model, cached } = await finished(vet, body.id);
    expect([status, model, cached]).toEqual(['succeeded', 'model-a', false]);
    expect(peer.requests).toHaveLength(1);
    expect(peer.requests[0]!.system).toBe(preview.system);
    expect(JSON.parse(peer.requests[0]!.user.split('\n')[2]!)).toEqual(preview.payload);
    expect(peer.requests[0]!.body).not.toMatch(/Bramble|Quillfeather|912 345 678|12\/03|Oakfield/);
    const own = await vet.post<AnalysisResult>(
      '/api/analyze',
      note({ clinicalSigns: record.clinicalSigns, patientName: undefined }),
    );
    expect(own.status).toBe(200);
    expect(result!.redFlags).toEqual(own.body.redFlags);
    expect(result!.diagnoses.length).toBeGreaterThan(0);
    expect(result!.diagnoses.every(({ probability }) => probability === null)).toBe(true);
  });

  it('sends what the vet set by hand, asks anew when that changes, and takes no struck finding for evidence', async () => {
    const words = note();
    const corrections = [
      { finding: 'vomiting', assertion: 'absent' },
      { finding: 'no_such_finding_of_Quillfeather', assertion: 'present' },
    ];
    const plain = (await vet.post<CaseRecord>('/api/cases', words)).body;
    await finished(vet, (await ask(vet, plain)).body.id);
    peer.reset();
    const struck = (await vet.post<CaseRecord>('/api/cases', { ...words, corrections })).body;
    const { body: preview } = await vet.get<AiPreview>(`/api/cases/${struck.id}/ai-preview`);
    expect(preview.payload.corrections).toEqual([{ finding: 'Vomiting', assertion: 'absent' }]);
    peer.always({
      kind: 'well',
      answer: {
        summary: '',
        diagnoses: [
          {
            name: 'Gastritis',
            reasoning: '',
            findingsFor: [`Vomiting ${serial} times`],
            findingsAgainst: [],
            suggestedTests: [],
          },
        ],
      },
    });
    const { cached, result } = await finished(vet, (await ask(vet, struck)).body.id);
    expect([cached, result!.diagnoses]).toEqual([false, []]);
    expect(result!.rejected!.map(({ reason }) => reason).join()).toContain('set it to absent');
    expect(JSON.parse(peer.requests[0]!.user.split('\n')[2]!)).toEqual(preview.payload);
  });

  it('answers another clinic from the cache when only names, dates and spacing differ', async () => {
    const record = await saved(vet);
    await finished(vet, (await ask(vet, record)).body.id);
    const other = await allowed();
    const clinicalSigns = record.clinicalSigns
      .replace('12/03/2025', '1 de maio de 2024')
      .replace(`Mrs ${MARKER}`, 'Sr. Tavares')
      .replace('912 345 678', '(11) 98765-4321')
      .replace('Bramble', 'Rex')
      .replaceAll(' ', '  ');
    const again = (await other.post<CaseRecord>('/api/cases', note({ patientName: 'Rex', clinicalSigns })))
      .body;
    peer.reset();
    const { status, body } = await ask(other, again);
    expect([status, body.status, body.cached, body.model]).toEqual([201, 'succeeded', true, 'model-a']);
    expect(peer.requests).toEqual([]);
    const { usage } = (await other.get<AiSettings>('/api/clinic/ai')).body;
    expect(usage).toMatchObject({ calls: 0, hits: 1, tokens: 0 });
  });

  it('makes one call of fifty identical requests at once', async () => {
    const clinicalSigns = note().clinicalSigns;
    const records = await Promise.all(Array.from({ length: 50 }, () => saved(vet, { clinicalSigns })));
    peer.always({ kind: 'slow', delayMs: 300 });
    const asked = await Promise.all(records.map((record) => ask(vet, record)));
    const done = await Promise.all(asked.map(({ body }) => finished(vet, body.id)));
    expect(done.map(({ status }) => status)).toEqual(records.map(() => 'succeeded'));
    expect(peer.requests).toHaveLength(1);
    expect(done.filter(({ cached }) => !cached)).toHaveLength(1);
  });

  it('charges a repeated request once', async () => {
    const record = await saved(vet);
    const key = { 'Idempotency-Key': `ai-${serial}` };
    const [first, second] = [await ask(vet, record, key), await ask(vet, record, key)];
    expect([second.status, second.body.id]).toEqual([first.status, first.body.id]);
    await finished(vet, first.body.id);
    expect(peer.requests).toHaveLength(1);
  });

  it.each<[Behaviour, string, number]>([
    [{ kind: 'unauthorised' }, 'ai_invalid_credentials', 1],
    [{ kind: 'refused' }, 'ai_refused', 1],
    [{ kind: 'unknown_model' }, 'ai_rejected', 2],
    [{ kind: 'malformed' }, 'ai_bad_answer', 2],
    [{ kind: 'wrong_schema' }, 'ai_bad_answer', 2],
  ])('says what went wrong, without the words of the provider: %j', async (behaviour, code, calls) => {
    peer.always(behaviour);
    const record = await saved(vet);
    const { status, error, result } = await finished(vet, (await ask(vet, record)).body.id);
    expect([status, error?.code, result]).toEqual(['failed', code, null]);
    expect(JSON.stringify(error)).not.toContain(PROVIDER_SECRET);
    expect(peer.requests).toHaveLength(calls);
    const own = await vet.post(`/api/cases/${record.id}/analyses`, { engine: 'knowledge' });
    expect(own.status).toBe(201);
  });

  it('falls back to the other model, and says which one answered', async () => {
    peer.forModel('model-a', { kind: 'internal' });
    const { model, result } = await finished(vet, (await ask(vet, await saved(vet))).body.id);
    expect([model, result?.model]).toEqual(['model-b', 'model-b']);
  });

  it('counts tries that broke off against the budget, also when another model answered', async () => {
    const own = await allowed();
    const tokens = async () => (await own.get<AiSettings>('/api/clinic/ai')).body.usage.tokens;
    await finished(own, (await ask(own, await saved(own))).body.id);
    const answered = await tokens();
    peer.forModel('model-a', { kind: 'cut_off' });
    const before = peer.requests.length;
    await finished(own, (await ask(own, await saved(own))).body.id);
    // How often it was tried depends on what the worker knows of the model; the last request is the answer.
    const broken = peer.requests.length - before - 1;
    const { system, user } = peer.requests[0]!;
    const input = Math.ceil((system.length + user.length) / 4);
    // An answer costs as much as the one before, but for a digit of the note.
    expect(Math.abs((await tokens()) - 2 * answered - broken * input)).toBeLessThan(5);
  });

  it('is not impressed by a model that obeys the text of a case', async () => {
    peer.always({ kind: 'injected' });
    const { result } = await finished(vet, (await ask(vet, await saved(vet))).body.id);
    expect(JSON.stringify(result)).not.toMatch(/mg\/kg|q12h|evil\.example|<script|meloxicam/);
    const names = result!.diagnoses.map(({ name }) => name);
    expect(names.filter((name) => /pyometra|equine/i.test(name))).toEqual([]);
    expect(result!.rejected!.length).toBeGreaterThan(0);
  });

  it('shows its progress as events, on a line that may be taken up again, and is cancelled', async () => {
    peer.always({ kind: 'hang' });
    const { body } = await ask(vet, await saved(vet));
    const cookie = [...vet.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const open = () => fetch(`${app.url}/api/analyses/${body.id}/events`, { headers: { Cookie: cookie } });
    const dropped = await open();
    expect(dropped.headers.get('Content-Type')).toContain('text/event-stream');
    await dropped.body!.cancel();
    const events = await open();
    while (peer.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await vet.post<Analysis>(`/api/analyses/${body.id}/cancel`)).body.status).toBe('cancelled');
    const text = await events.text();
    const seen = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!));
    expect(seen.at(-1)).toMatchObject({ status: 'cancelled' });
    expect(seen.length).toBeGreaterThan(1);
    expect(text).toMatch(/^id: \S+$/m);
    expect((await vet.post(`/api/analyses/${body.id}/cancel`)).status).toBe(409);
    expect((await (await app.vet()).get(`/api/analyses/${body.id}/events`)).status).toBe(404);
  });

  it('does not take a consent to what the case was before', async () => {
    const record = await saved(vet);
    const edit = { headers: { 'If-Match': `"${record.version}"` } };
    expect((await vet.patch(`/api/cases/${record.id}`, { labFindings: 'K 4.1' }, edit)).status).toBe(200);
    const before = peer.requests.length;
    const agreed = { engine: 'ai', consent: true, caseVersion: record.version };
    const refused = await vet.post(`/api/cases/${record.id}/analyses`, agreed);
    expect([refused.status, refused.body.code]).toEqual([409, 'version_conflict']);
    expect(peer.requests).toHaveLength(before);
  });

  it('does not send a case that was edited after consent', async () => {
    peer.always({ kind: 'slow', delayMs: 300 });
    // More than all workers of a cluster take at once.
    const busy = await Promise.all(Array.from({ length: 12 }, () => saved(vet)));
    const before = await Promise.all(busy.map((record) => ask(vet, record)));
    const record = await saved(vet);
    const { body } = await ask(vet, record);
    const changed = await vet.patch(
      `/api/cases/${record.id}`,
      { labFindings: 'K 4.0, changed' },
      {
        headers: { 'If-Match': `"${record.version}"` },
      },
    );
    expect(changed.status).toBe(200);
    expect(await finished(vet, body.id)).toMatchObject({ status: 'failed', error: { code: 'case_changed' } });
    await Promise.all(before.map((answer) => finished(vet, answer.body.id)));
    expect(peer.requests.map((request) => request.body).join()).not.toContain('changed');
  });

  it('sends a case to which a file, an outcome or a signature came after consent: its text is as it was', async () => {
    peer.always({ kind: 'slow', delayMs: 300 });
    const busy = await Promise.all(Array.from({ length: 12 }, () => saved(vet)));
    const before = await Promise.all(busy.map((record) => ask(vet, record)));
    const record = await saved(vet);
    const { body } = await ask(vet, record);
    const form = new FormData();
    form.append('files', new Blob(['ALT 340 U/L'], { type: 'text/plain' }), 'bloods.txt');
    expect((await vet.post(`/api/cases/${record.id}/attachments`, form)).status).toBe(201);
    const outcome = { diagnosis: 'Gastroenteritis' };
    expect((await vet.put(`/api/cases/${record.id}/outcome`, outcome)).status).toBe(200);
    const { version } = (await vet.get<CaseRecord>(`/api/cases/${record.id}`)).body;
    const headers = { 'If-Match': `"${version}"` };
    expect((await vet.post(`/api/cases/${record.id}/sign`, undefined, { headers })).status).toBe(200);
    expect(await finished(vet, body.id)).toMatchObject({ status: 'succeeded', outdated: false });
    await Promise.all(before.map((answer) => finished(vet, answer.body.id)));
  });

  it('loses nothing when its process ends in the middle of a call, and pays at most once more', async () => {
    peer.always({ kind: 'hang' });
    const { body } = await ask(vet, await saved(vet));
    while (peer.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    // The next call is answered: workers of a cluster take the job up as soon as they are back.
    peer.always({ kind: 'well' });
    await app.restart();
    // The lease of the worker that is gone, and the pause before another try, run out.
    app.advance(60_000);
    expect((await finished(vet, body.id)).status).toBe('succeeded');
    expect(peer.requests).toHaveLength(2);
  });

  it('writes no word of a case to the log', () => {
    expect(app.logs.length).toBeGreaterThan(10);
    expect(app.logs.filter((line) => /Quillfeather|Bramble|lethargic|\[name\]|Vomiting/.test(line))).toEqual(
      [],
    );
    expect(app.logs.join('')).not.toContain(PROVIDER_SECRET);
    expect(app.logs.join('')).not.toContain(peer.key);
  });
});

describe('budgets of the ai engine', () => {
  it('end the day for a clinic, not for another, until tomorrow', async () => {
    await using peer = await startAiPeer();
    const app = await startApp({
      OPENAI_BASE_URL: peer.openAiUrl,
      OPENAI_API_KEY: peer.key,
      AI_MODEL: 'model-a',
      AI_CLINIC_DAILY_TOKENS: '1',
    });
    const vet = await app.vet();
    const other = await app.vet();
    const post = async (who: Vet) => {
      await who.put('/api/clinic/ai', { enabled: true });
      const record = (await who.post<CaseRecord>('/api/cases', note())).body;
      return who.post<Analysis>(`/api/cases/${record.id}/analyses`, { engine: 'ai', consent: true });
    };
    const first = await post(vet);
    while ((await vet.get<Analysis>(`/api/analyses/${first.body.id}`)).body.finishedAt === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const second = await vet.post(`/api/cases/${first.body.caseId}/analyses`, {
      engine: 'ai',
      consent: true,
    });
    expect([second.status, (second.body as unknown as Analysis).cached]).toEqual([201, true]);
    const refused = await post(vet);
    expect([refused.status, (refused.body as unknown as { code: string }).code]).toEqual([
      429,
      'ai_budget_spent',
    ]);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await post(other)).status).toBe(202);
    app.advance(24 * 3_600_000);
    expect((await post(vet)).status).toBe(202);
    await app.close();
  });

  it('make a clinic wait for its next minute, and another one not for it', async () => {
    await using peer = await startAiPeer();
    const app = await startApp({
      OPENAI_BASE_URL: peer.openAiUrl,
      OPENAI_API_KEY: peer.key,
      AI_MODEL: 'model-a',
      AI_CLINIC_RATE_LIMIT_MAX: '1',
    });
    const [vet, other] = [await app.vet(), await app.vet()];
    const post = async (who: Vet) => {
      await who.put('/api/clinic/ai', { enabled: true });
      const record = (await who.post<CaseRecord>('/api/cases', note())).body;
      return (await who.post<Analysis>(`/api/cases/${record.id}/analyses`, { engine: 'ai', consent: true }))
        .body;
    };
    const ended = async (who: Vet, { id }: Analysis) => {
      for (;;) {
        const { body } = await who.get<Analysis>(`/api/analyses/${id}`);
        if (body.finishedAt !== null) return body.status;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    expect(await ended(vet, await post(vet))).toBe('succeeded');
    const second = await post(vet);
    expect(await ended(other, await post(other))).toBe('succeeded');
    expect((await vet.get<Analysis>(`/api/analyses/${second.id}`)).body.finishedAt).toBeNull();
    expect(peer.requests).toHaveLength(2);
    await app.close();
  });
});
