/** The ai engine on real servers, through three instances and two workers. */
import type { AiSettings } from '@mozarela/contract/ai';
import type { Analysis, AnalysisEvent } from '@mozarela/contract/analyses';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AiPeer, startAiPeer } from '../../testbed/ai-peer.ts';
import { type Installation, startInstallation } from '../../testbed/installation.ts';
import { until } from '../../testbed/process.ts';
import { type Servers, startServers } from '../../testbed/servers.ts';
import { registerVet, type Vet } from '../support/vet.ts';

const MARKER = 'zyxomarker';
const FINAL = ['succeeded', 'failed', 'cancelled'];
/** Of one process. */
const OPEN_CALLS = 2;
const PATIENCE = { withinMs: 90_000, everyMs: 100 };

let peer: AiPeer;
let servers: Servers;
let installation: Installation;
let serial = 0;

beforeAll(async () => {
  peer = await startAiPeer();
  servers = await startServers();
});
beforeEach(() => peer.reset());
afterAll(async () => {
  await servers?.stop();
  await peer?.stop();
});

const settings = () => ({
  ...servers.settings,
  OPENAI_BASE_URL: peer.openAiUrl,
  OPENAI_API_KEY: peer.key,
  AI_MODEL: 'model-a',
  AI_RETRY_DELAY_MS: '1',
  AI_CONCURRENCY: String(OPEN_CALLS),
  JOB_LEASE_MS: '3000',
  RATE_LIMIT_MAX: '1000000',
  AI_CLINIC_RATE_LIMIT_MAX: '1000000',
});

/** A person's requests to one instance, past nginx, in turn when none is named. */
async function call<Body>(
  vet: Vet,
  method: string,
  path: string,
  body?: unknown,
  instance = serial++,
): Promise<{ status: number; body: Body }> {
  const { apis } = installation;
  const answer = await fetch(apis[instance % apis.length]!.url + path, {
    method,
    headers: { cookie: vet.cookie, 'x-csrf-token': vet.csrfToken, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}

async function allowed(): Promise<Vet> {
  const vet = await registerVet(installation.url);
  await call(vet, 'PUT', '/api/clinic/ai', { enabled: true });
  return vet;
}

/** A case that no other test has. */
async function saved(vet: Vet, words = `${MARKER} vomiting ${serial} times.`): Promise<string> {
  const note = { species: 'dog', age: '6 y', clinicalSigns: words };
  return (await call<{ id: string }>(vet, 'POST', '/api/cases', note)).body.id;
}

const ask = (vet: Vet, caseId: string, body: object = { engine: 'ai', consent: true }) =>
  call<Analysis>(vet, 'POST', `/api/cases/${caseId}/analyses`, body);

async function finished(vet: Vet, id: string): Promise<Analysis> {
  let last: Analysis | undefined;
  await until(
    `analysis ${id} to be finished`,
    async () => {
      last = (await call<Analysis>(vet, 'GET', `/api/analyses/${id}`)).body;
      return FINAL.includes(last.status);
    },
    PATIENCE,
  );
  return last!;
}

const untilAsked = () => until('the provider to be asked', async () => peer.requests.length > 0, PATIENCE);

type Seen = AnalysisEvent & { stamp: string };

const listen = (vet: Vet, id: string, instance: number, lastEventId?: string): Promise<Response> =>
  fetch(`${installation.apis[instance]!.url}/api/analyses/${id}/events`, {
    headers: { cookie: vet.cookie, ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }) },
  });

async function* eventsOf(...asked: Parameters<typeof listen>): AsyncGenerator<Seen> {
  const response = await listen(...asked);
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop()!;
    for (const part of parts) {
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (data) yield { ...JSON.parse(data), stamp: /^id: (.*)$/m.exec(part)![1]! };
    }
  }
}

describe('the ai engine of a cluster', () => {
  let vet: Vet;
  beforeAll(async () => {
    installation = await startInstallation({ settings: settings() });
    vet = await allowed();
  });
  afterAll(() => installation?.stop());

  it('makes one call of fifty identical requests at once, of two clinics, through three instances', async () => {
    const other = await allowed();
    const words = `Lethargic, ${MARKER} ${serial}.`;
    const askers = Array.from({ length: 50 }, (_, n) => (n % 2 ? vet : other));
    const cases: string[] = [];
    for (const asker of askers) cases.push(await saved(asker, words));
    peer.always({ kind: 'slow', delayMs: 1500 });
    const started = performance.now();
    const asked = await Promise.all(cases.map((id, n) => ask(askers[n]!, id)));
    const done = await Promise.all(asked.map(({ body }, n) => finished(askers[n]!, body.id)));
    console.warn(`fifty answers, one call of 1,500 ms: ${Math.round(performance.now() - started)} ms`);
    expect(done.map(({ status }) => status)).toEqual(Array(50).fill('succeeded'));
    expect(peer.requests).toHaveLength(1);
    expect(done.filter(({ cached }) => !cached)).toHaveLength(1);
    const usage = await Promise.all(
      [vet, other].map(async (one) => (await call<AiSettings>(one, 'GET', '/api/clinic/ai')).body.usage),
    );
    expect(usage.reduce((sum, { calls }) => sum + calls, 0)).toBe(1);
    expect(usage.reduce((sum, { hits }) => sum + hits, 0)).toBe(49);
  });

  it('answers another clinic at once from what was paid before, through another instance', async () => {
    const words = `Owner: Mrs Quillfeather. Limping ${serial} days.`;
    await finished(vet, (await ask(vet, await saved(vet, words))).body.id);
    const other = await allowed();
    const again = await ask(other, await saved(other, words.replace('Mrs Quillfeather', 'Sr. Tavares')));
    expect([again.status, again.body.cached, peer.requests.length]).toEqual([201, true, 1]);
  });

  it('loses nothing when a worker is killed in the middle of a call, and pays at most once more', async () => {
    peer.always({ kind: 'hang' });
    const { body } = await ask(vet, await saved(vet));
    await untilAsked();
    const [job] = await servers.postgres.primary.query<{ worker: string }>(
      "select worker from jobs where type = 'analysis.ai' and status = 'running'",
      'mozarela',
    );
    const pid = Number(job!.worker.split(':')[1]);
    const worker = installation.workers.find((one) => one.pid === pid)!;
    await worker.kill();
    peer.always({ kind: 'well' });
    expect((await finished(vet, body.id)).status).toBe('succeeded');
    expect(peer.requests).toHaveLength(2);
    await worker.start();
  });

  it('tells its progress on any instance, on a line that may break, and keeps the result for later', async () => {
    peer.always({ kind: 'slow', delayMs: 1500 });
    const { body } = await ask(vet, await saved(vet));
    const first = eventsOf(vet, body.id, 0);
    let seen = (await first.next()).value as Seen;
    while (seen.phase === 'queued') seen = (await first.next()).value as Seen;
    expect(seen.phase).toBe('running');
    await first.return(undefined);
    const rest: Seen[] = [];
    for await (const event of eventsOf(vet, body.id, 1, seen.stamp)) rest.push(event);
    expect(rest.map(({ stamp }) => stamp)).not.toContain(seen.stamp);
    expect(rest.at(-1)).toMatchObject({ status: 'succeeded', phase: 'done', position: null });
    expect((await listen(vet, body.id, 2, rest.at(-1)!.stamp)).status).toBe(204);
    const closed = await ask(vet, await saved(vet));
    const watching = eventsOf(vet, closed.body.id, 2);
    await watching.next();
    await watching.return(undefined);
    expect((await finished(vet, closed.body.id)).result!.engine).toBe('ai');
  });

  it('tells the place in the queue, and has no more calls open than allowed', async () => {
    peer.always({ kind: 'slow', delayMs: 600 });
    const cases: string[] = [];
    for (let n = 0; n < 14; n += 1) cases.push(await saved(vet));
    let most = 0;
    const looking = setInterval(() => {
      most = Math.max(most, peer.requests.filter(({ answered }) => !answered).length);
    }, 5);
    const asked = [];
    for (const id of cases) asked.push(await ask(vet, id));
    const events = eventsOf(vet, asked.at(-1)!.body.id, 1);
    const first = (await events.next()).value as Seen;
    expect(first.phase === 'queued' ? first.position : 1).toBeGreaterThan(0);
    const phases = [first.phase];
    for await (const { phase } of events) phases.push(phase);
    expect(phases).toContain('running');
    await Promise.all(asked.map(({ body }) => finished(vet, body.id)));
    clearInterval(looking);
    expect(peer.requests).toHaveLength(14);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(OPEN_CALLS * installation.workers.length);
  });

  it('cancels a call that is under way', async () => {
    peer.always({ kind: 'hang' });
    const { body } = await ask(vet, await saved(vet));
    await untilAsked();
    const cancelled = await call<Analysis>(vet, 'POST', `/api/analyses/${body.id}/cancel`);
    expect([cancelled.status, cancelled.body.status]).toEqual([200, 'cancelled']);
    peer.always({ kind: 'well' });
    expect((await finished(vet, (await ask(vet, await saved(vet))).body.id)).status).toBe('succeeded');
    expect((await finished(vet, body.id)).status).toBe('cancelled');
  });

  it('counts calls and hits alike on every instance', async () => {
    const administrator = await servers.postgres.primary.query<{ email: string }>(
      'select email from users where is_admin = 1',
      'mozarela',
    );
    expect(administrator.map(({ email }) => email)).toEqual([vet.email]);
    const seen = await Promise.all(
      [0, 1, 2].map(async (n) => {
        const { body } = await call<Record<string, unknown>>(vet, 'GET', '/api/admin/stats', undefined, n);
        return { cache: body.aiCache, usage: body.aiUsage };
      }),
    );
    const [rows] = await servers.postgres.primary.query<{ calls: string; hits: string }>(
      'select sum(calls) as calls, sum(hits) as hits from ai_usage',
      'mozarela',
    );
    const [misses, hits] = [Number(rows!.calls), Number(rows!.hits)];
    expect(hits).toBeGreaterThanOrEqual(50);
    for (const { cache } of seen) expect(cache).toEqual({ hits, misses, hitRate: hits / (hits + misses) });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('ends with a named reason when the provider is dead; other engines answer as ever', async () => {
    peer.always({ kind: 'internal' });
    const csv = `Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan
Gastroenteritis,vomiting,10,20,Faecal examination,Supportive care`;
    const protocol = await call<{ id: string }>(vet, 'POST', '/api/protocols', { name: 'House', csv });
    const id = await saved(vet);
    const { body } = await ask(vet, id);
    await untilAsked();
    const own = await ask(vet, id, { engine: 'knowledge' });
    const house = await ask(vet, id, { engine: 'protocol', protocolId: protocol.body.id });
    expect([own, house].map((one) => [one.status, one.body.status])).toEqual([
      [201, 'succeeded'],
      [201, 'succeeded'],
    ]);
    expect(house.body.result!.diagnoses[0]!.points).toBe(30);
    const { status, error, result } = await finished(vet, body.id);
    expect([status, error?.code, result]).toEqual(['failed', 'ai_overloaded', null]);
  });

  it('leaves no word of a case in logs, metrics and the reasons of jobs', async () => {
    const programs = [...installation.apis, ...installation.workers];
    const lines = programs.flatMap((program) => program.lines);
    const metrics = await Promise.all(
      programs.map(async ({ operationsUrl }) => (await fetch(`${operationsUrl}/metrics`)).text()),
    );
    const reasons = await servers.postgres.primary.query('select payload, last_error from jobs', 'mozarela');
    expect([lines.length > 100, reasons.length > 50]).toEqual([true, true]);
    const all = [...lines, ...metrics, JSON.stringify(reasons)];
    expect(all.filter((text) => /zyxomarker|quillfeather/i.test(text))).toEqual([]);
  });
});

describe('a budget of a cluster', () => {
  const LIMIT = 2500;
  afterEach(() => installation?.stop());

  it('is spent exactly once, whoever asks at the same time', async () => {
    installation = await startInstallation({
      settings: { ...settings(), AI_CLINIC_DAILY_TOKENS: String(LIMIT) },
    });
    const vet = await allowed();
    peer.always({ kind: 'slow', delayMs: 300 });
    const cases: string[] = [];
    for (let n = 0; n < 12; n += 1) cases.push(await saved(vet));
    const asked = await Promise.all(cases.map((id) => ask(vet, id)));
    const queued = asked.filter(({ status }) => status === 202);
    const done = await Promise.all(queued.map(({ body }) => finished(vet, body.id)));
    const { usage } = (await call<AiSettings>(vet, 'GET', '/api/clinic/ai')).body;
    const perCall = usage.tokens / usage.calls;
    expect(peer.requests).toHaveLength(usage.calls);
    expect(usage.calls).toBe(Math.ceil(LIMIT / perCall));
    expect(usage.calls).toBeLessThan(cases.length);
    expect(done.filter(({ status }) => status === 'succeeded')).toHaveLength(usage.calls);
    const failed = done.filter(({ status }) => status === 'failed');
    expect(new Set(failed.map(({ error }) => error?.code))).toEqual(new Set(['ai_budget_spent']));
    expect((await ask(vet, await saved(vet))).status).toBe(429);
  });
});
