/**
 * What a hit of the AI cache costs: the lookup through our seam against a bare Express + Redis handler, and, to show
 * what is around it, the whole request of the product. Rounds take turns; medians of requests a second, and ratios.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { cacheKey } from '../apps/server/src/features/ai/cache-key.ts';
import { checkAnswer, resultOf } from '../apps/server/src/features/ai/check.ts';
import { conditionNames } from '../apps/server/src/features/ai/condition-names.ts';
import { preparePayload } from '../apps/server/src/features/ai/payload.ts';
import { bundle, engine, redactor } from '../apps/server/src/features/ai/testing.ts';
import { removeData, startServer } from '../e2e/support/server.ts';
import { registerVet } from '../e2e/support/vet.ts';
import { startAiPeer } from '../testbed/ai-peer.ts';
import { goodAnswer } from '../testbed/ai-peer-answers.ts';
import { startRedis } from '../testbed/redis.ts';

const ROUNDS = 7;
const ROUND_MS = 1000;
const CONNECTIONS = 16;
const NOTE = {
  species: 'dog' as const,
  age: '6 y',
  sex: 'MN' as const,
  clinicalSigns:
    'Hx: 6yo MN Standard Poodle, waxing and waning vomiting x 3 wk, lethargic, off food. Owner: Mrs Smith, tel 912 345 678. PE: weak, HR 52, T 37.4, CRT 3 s, 7% dehydrated. No diarrhoea, no cough.',
  labFindings: 'Na 128 mmol/L, K 6.9 mmol/L, creatinine 210 umol/L, glucose 3.4 mmol/L',
};

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
type Target = {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  status: number;
};

/** Whether it was answered as it should be: a cache that is slow for a moment is done without. */
function ask({ url, method = 'GET', headers = {}, body, status }: Target): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode === status));
    });
    sent.on('error', reject).end(body);
  });
}

/** Requests a second. */
async function round(target: Target): Promise<number> {
  const started = performance.now();
  let done = 0;
  const stream = async () => {
    while (performance.now() - started < ROUND_MS) {
      if (await ask(target)) done += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, stream));
  return (done * 1000) / (performance.now() - started);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Microseconds of one run. */
function cost(work: () => unknown, times = 300): number {
  for (let n = 0; n < 50; n += 1) work();
  const started = performance.now();
  for (let n = 0; n < times; n += 1) work();
  return Math.round(((performance.now() - started) * 1000) / times);
}

const knowledge = { engine, names: conditionNames(bundle) };
const { payload } = preparePayload(redactor, NOTE, []);
const text = JSON.stringify(goodAnswer(JSON.stringify(payload)));
const checked = checkAnswer(knowledge, payload, text);
const kept = { checked, model: 'm', usage: { inputTokens: 900, outputTokens: 400 } };
const scope = { model: 'm', promptVersion: 'v1', knowledgeVersion: bundle.version };
console.warn('around a lookup, microseconds of one core a request:');
console.warn(`  redaction of the case   ${cost(() => preparePayload(redactor, NOTE, []))}`);
console.warn(`  key                     ${cost(() => cacheKey(payload, scope))}`);
console.warn(
  `  flags and findings      ${cost(() => resultOf(knowledge, NOTE, checked, { model: 'm', promptVersion: 'v1' }))}`,
);

const redis = await startRedis();
const peer = await startAiPeer();
const env = { OPENAI_BASE_URL: peer.openAiUrl, OPENAI_API_KEY: peer.key, AI_MODEL: 'm' };
const product = await startServer({ env: { ...env, REDIS_URL: redis.url, RATE_LIMIT_MAX: '100000000' } });
const lookup = fork(new URL('ai-cache-server.ts', import.meta.url), {
  env: { PATH: process.env.PATH, REDIS_URL: redis.url, ANSWER: JSON.stringify(kept) },
});
try {
  const [{ port }] = (await once(lookup, 'message')) as [{ port: number }];
  const vet = await registerVet(product.url);
  await vet.request('PUT', '/api/clinic/ai', { enabled: true });
  const created = await vet.request('POST', '/api/cases', NOTE);
  const { id } = (await created.json()) as { id: string };
  const path = `/api/cases/${id}/analyses`;
  const asked = { engine: 'ai', consent: true };
  for (let answer = await vet.request('POST', path, asked); answer.status !== 201; )
    answer = await vet.request('POST', path, asked);
  const headers = { cookie: vet.cookie, 'x-csrf-token': vet.csrfToken, 'content-type': 'application/json' };
  const base = `http://127.0.0.1:${port}`;
  const targets: Record<string, Target> = {
    'bare, text as stored': { url: `${base}/bare/bench`, status: 200 },
    'bare, parsed': { url: `${base}/parsed/bench`, status: 200 },
    'ours, the lookup': { url: `${base}/ours/bench`, status: 200 },
    'ours, the whole request': {
      url: product.url + path,
      method: 'POST',
      headers,
      body: JSON.stringify(asked),
      status: 201,
    },
  };
  const rates = new Map<string, number[]>(Object.keys(targets).map((name) => [name, []]));
  for (const target of Object.values(targets)) await round(target);
  for (let n = 0; n < ROUNDS; n += 1)
    for (const [name, target] of Object.entries(targets)) rates.get(name)!.push(await round(target));
  const of = (name: string) => median(rates.get(name)!);
  console.warn(`requests a second, median of ${ROUNDS} rounds in turn, ${CONNECTIONS} connections:`);
  for (const name of Object.keys(targets))
    console.warn(
      `  ${name.padEnd(24)} ${Math.round(of(name)).toString().padStart(6)}  ${(of(name) / of('bare, text as stored')).toFixed(2)} of bare text, ${(of(name) / of('bare, parsed')).toFixed(2)} of bare parsed`,
    );
} finally {
  agent.destroy();
  lookup.kill();
  await product.stop();
  await removeData(product);
  await peer.stop();
  await redis.stop();
}
