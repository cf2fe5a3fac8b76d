import { readFileSync } from 'node:fs';
import type { CaseInput } from '@mozarela/clinical/types';
import { expect, it } from 'vitest';
import { startAiPeer } from '../../../../../testbed/ai-peer.ts';
import { parseConfig } from '../../config.ts';
import { geminiProvider } from '../../seams/ai/gemini.ts';
import { memoryCache } from '../../seams/cache/memory.ts';
import { answersOf } from './answers.ts';
import { cacheKey } from './cache-key.ts';
import { checkAnswer, resultOf } from './check.ts';
import { conditionNames } from './condition-names.ts';
import { preparePayload } from './payload.ts';
import { promptV1 } from './prompts/v1.ts';
import { bundle, engine, redactor } from './testing.ts';

const REQUESTS = 1000;
const DISTINCT = 80;
const OPEN_CASES = new URL('../../../../../packages/clinical/test/cases/open.jsonl', import.meta.url);

const OWNERS = [
  'Mrs Smith',
  'Mr. and Mrs. Okafor',
  'Sr. João da Silva',
  'Dona Teresa Matos',
  'Ms Anna Kowalczyk',
  'Dr Lee',
];
const PETS = ['Bramble', 'Rex', 'Mia', 'Luna', 'Biscuit', 'Tareco', 'Sir Barks'];
const DATES = ['12/03/2025', '2025-03-12', '3 May 2024', '1 de abril de 2025', 'March 4th, 2025', '28.02.25'];
const CLINICS = [
  'Oakfield Vets',
  'Clínica Veterinária da Luz',
  'Riverside Animal Hospital',
  'Hospital Veterinário do Porto',
];
const PHONES = ['912 345 678', '(11) 98765-4321', '07700 900123', '(555) 123-4567', '+351 21 123 45 67'];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** The distinct cases of the day: published ones, filled up with variations of weight. */
function distinctCases(): CaseInput[] {
  const lines = readFileSync(OPEN_CASES, 'utf8').trim().split('\n');
  const open = lines
    .map((line) => JSON.parse(line))
    .map(({ species, breed, age, sex, clinicalSigns, labFindings }) => ({
      species,
      breed: breed || null,
      age: age || null,
      sex: sex || null,
      clinicalSigns,
      labFindings: labFindings || null,
    }));
  return Array.from({ length: DISTINCT }, (_, i) => ({
    ...(pick(open, i) as CaseInput),
    weightKg: i < open.length ? null : 10 + i,
  }));
}

/** One more typing of a case: other people, days, spaces, letters, and another order of the fields. */
function typed(input: CaseInput, n: number): { input: CaseInput; known: string[] } {
  const pet = pick(PETS, n);
  const opening = `Owner: ${pick(OWNERS, n)}, tel ${pick(PHONES, n >> 1)}. ${pet} seen on ${pick(DATES, n)} at ${pick(CLINICS, n >> 2)}.`;
  const spaced =
    n % 3 === 0
      ? input.clinicalSigns.replaceAll('. ', '.\r\n')
      : input.clinicalSigns.replaceAll(' ', ' '.repeat(1 + (n % 2)));
  const clinicalSigns = `${opening} ${n % 5 === 0 ? spaced.toUpperCase() : spaced}`;
  const fields = Object.entries({ ...input, clinicalSigns });
  return { input: Object.fromEntries(n % 2 ? fields : fields.toReversed()) as CaseInput, known: [pet] };
}

it('a day of 1,000 requests over 80 cases is answered at least nine times in ten from the cache', async ({
  annotate,
}) => {
  await using peer = await startAiPeer();
  const provider = geminiProvider({
    apiKey: peer.key,
    baseUrl: peer.geminiUrl,
    model: 'm',
    fallbackModel: null,
  });
  const answers = answersOf({ cache: memoryCache(Date.now), config: parseConfig({}) });
  const knowledge = { engine, names: conditionNames(bundle) };
  const cases = distinctCases();
  const scope = { model: 'm', promptVersion: promptV1.version, knowledgeVersion: bundle.version };
  let hits = 0;
  for (let n = 0; n < REQUESTS; n += 1) {
    const { input, known } = typed(pick(cases, n * 7), n);
    const { payload } = preparePayload(redactor, input, known);
    const key = cacheKey(payload, scope);
    const kept = await answers.get(key);
    if (kept) {
      hits += 1;
      if (n % 100 === 0)
        expect(resultOf(knowledge, input, kept.checked, { model: 'm', promptVersion: 'v1' }).engine).toBe(
          'ai',
        );
      continue;
    }
    const { text, model, usage } = await provider.complete({
      system: promptV1.system,
      user: promptV1.user(payload, String(n)),
      schema: promptV1.schema,
      model: 'm',
      signal: new AbortController().signal,
      timeoutMs: 10_000,
    });
    await answers.put(key, { checked: checkAnswer(knowledge, payload, text), model, usage });
  }
  expect(peer.requests).toHaveLength(REQUESTS - hits);
  expect(hits / REQUESTS).toBeGreaterThanOrEqual(0.9);
  await annotate(`${hits} of ${REQUESTS} from the cache, ${peer.requests.length} paid for`);
});
