/** A day as clinics would have it, over HTTP: 1,000 requests about 80 cases, each typed in its own way. */
import type { Analysis } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AiPeer, startAiPeer } from '../../../../../testbed/ai-peer.ts';
import { type App, startApp, type Vet } from '../../../test/harness.ts';
import { distinctCases, pick, typed } from './replay-day.ts';

const REQUESTS = 1000;
const DISTINCT = 80;
const CLINICS = 4;

let peer: AiPeer;
let app: App;
let vets: Vet[];
beforeAll(async () => {
  peer = await startAiPeer();
  app = await startApp({
    OPENAI_BASE_URL: peer.openAiUrl,
    OPENAI_API_KEY: peer.key,
    AI_MODEL: 'model-a',
    AI_PRICE_INPUT: '1',
    AI_PRICE_OUTPUT: '2',
  });
  vets = [];
  for (let n = 0; n < CLINICS; n += 1) {
    const vet = await app.vet({ clinicName: `Hollowmere Vets ${n}` });
    await vet.put('/api/clinic/ai', { enabled: true });
    vets.push(vet);
  }
});
afterAll(async () => {
  await app.close();
  await peer.stop();
});

async function finished(vet: Vet, id: string): Promise<Analysis> {
  for (;;) {
    const { body } = await vet.get<Analysis>(`/api/analyses/${id}`);
    if (body.finishedAt !== null) return body;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

type AiStats = {
  aiCache: { hits: number; misses: number; hitRate: number | null };
  aiUsage: Record<'today' | 'total', { calls: number; hits: number; inputTokens: number; cost: number }>;
};

it('is answered from the cache nine times in ten, as each answer and the statistics say', async ({
  annotate,
}) => {
  const stats = async () => (await vets[0]!.get<AiStats>('/api/admin/stats')).body;
  expect((await stats()).aiCache).toEqual({ hits: 0, misses: 0, hitRate: null });
  const cases = distinctCases(DISTINCT);
  const answers: Analysis[] = [];
  const one = async (n: number) => {
    const vet = pick(vets, n);
    const { input, known } = typed(pick(cases, n * 7), n);
    const note = { ...input, patientName: known[0] };
    const { body: record } = await vet.post<CaseRecord>('/api/cases', note);
    const asked = await vet.post<Analysis>(`/api/cases/${record.id}/analyses`, {
      engine: 'ai',
      consent: true,
    });
    answers.push(asked.status === 201 ? asked.body : await finished(vet, asked.body.id));
  };
  const stream = async (from: number) => {
    for (let n = from; n < REQUESTS; n += 4) await one(n);
  };
  await Promise.all([0, 1, 2, 3].map(stream));
  expect(answers.map(({ status }) => status)).toEqual(Array(REQUESTS).fill('succeeded'));
  const hits = answers.filter(({ cached }) => cached).length;
  expect(hits / REQUESTS).toBeGreaterThanOrEqual(0.9);
  expect(peer.requests).toHaveLength(REQUESTS - hits);
  const { aiCache, aiUsage } = await stats();
  expect(aiCache).toEqual({ hits, misses: REQUESTS - hits, hitRate: hits / REQUESTS });
  expect(aiUsage.total).toMatchObject({ calls: REQUESTS - hits, hits });
  expect(aiUsage.today).toEqual(aiUsage.total);
  expect(aiUsage.total.cost).toBeGreaterThan(0);
  await annotate(`${hits} of ${REQUESTS} from the cache, ${peer.requests.length} paid for`);
}, 120_000);
