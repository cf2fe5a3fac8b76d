import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AiPeer, startAiPeer } from './ai-peer.ts';
import type { Behaviour } from './ai-peer-answers.ts';

let peer: AiPeer;
beforeAll(async () => {
  peer = await startAiPeer();
});
beforeEach(() => peer.reset());
afterAll(() => peer.stop());

const NOTE = 'Question\n{"species":"dog","clinicalSigns":"vomiting since yesterday"}\nEnd';

const askGemini = (base = peer.url, key = peer.key) =>
  fetch(`${base}/v1beta/models/m-1:generateContent`, {
    method: 'POST',
    headers: { 'x-goog-api-key': key, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [{ role: 'user', parts: [{ text: NOTE }] }],
      generationConfig: { responseJsonSchema: { type: 'object' } },
    }),
  });

const askOpenAi = () =>
  fetch(`${peer.openAiUrl}/chat/completions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${peer.key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      model: 'm-1',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: NOTE },
      ],
      response_format: { type: 'json_schema', json_schema: { schema: { type: 'object' } } },
    }),
  });

test('answers in both protocols with words of the case, and keeps what it was asked', async () => {
  const gemini = await (await askGemini()).json();
  const openAi = await (await askOpenAi()).json();
  const answers = [gemini.candidates[0].content.parts[0].text, openAi.choices[0].message.content];
  for (const answer of answers.map((text) => JSON.parse(text)))
    expect(answer.diagnoses[0].findingsFor).toEqual(['vomiting since']);
  expect(
    peer.requests.map(({ wire, model, system, schema, answered }) => [wire, model, system, schema, answered]),
  ).toEqual([
    ['gemini', 'm-1', 'Be brief.', { type: 'object' }, true],
    ['openai', 'm-1', 'Be brief.', { type: 'object' }, true],
  ]);
  expect(peer.requests[0]!.user).toBe(NOTE);
  expect(JSON.stringify(peer.requests)).not.toContain(peer.key);
});

test.each<[Behaviour, number, number]>([
  [{ kind: 'rate_limited', retryAfterSeconds: 3 }, 429, 429],
  [{ kind: 'overloaded' }, 503, 503],
  [{ kind: 'internal' }, 500, 500],
  [{ kind: 'unauthorised' }, 400, 401],
  [{ kind: 'unknown_model' }, 404, 404],
  [{ kind: 'no_schema' }, 200, 400],
])('fails as told: %j', async (behaviour, geminiStatus, openAiStatus) => {
  peer.always(behaviour);
  const answers = [await askGemini(), await askOpenAi()];
  expect(answers.map(({ status }) => status)).toEqual([geminiStatus, openAiStatus]);
  expect(answers[0]!.headers.get('Retry-After')).toBe(behaviour.retryAfterSeconds ? '3' : null);
  if (geminiStatus >= 400) expect((await answers[0]!.json()).error.code).toBe(geminiStatus);
});

test('cuts an answer in the middle', async () => {
  peer.next({ kind: 'cut_off' });
  const answer = await askGemini();
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
  expect(peer.requests[0]!.answered).toBe(false);
});

test('obeys one order a request, then the standing one; a model may have its own', async () => {
  peer.always({ kind: 'overloaded' });
  peer.next({ kind: 'well' }, { kind: 'rate_limited' });
  const statuses = [await askGemini(), await askGemini(), await askGemini()].map(({ status }) => status);
  peer.forModel('m-1', { kind: 'unknown_model' });
  statuses.push((await askGemini()).status);
  expect(statuses).toEqual([200, 429, 503, 404]);
});

test('takes its own key only', async () => {
  expect((await askGemini(peer.url, 'another')).status).toBe(400);
});

test('runs as a process of its own, told over HTTP, and ends with its input', async () => {
  const child = spawn(process.execPath, [`${import.meta.dirname}/ai-peer-main.ts`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = await once(child.stdout, 'data');
  const { url } = JSON.parse(String(line)) as { url: string };
  await fetch(`${url}/_peer/behaviour`, { method: 'PUT', body: '{"next":[{"kind":"overloaded"}]}' });
  expect([(await askGemini(url)).status, (await askGemini(url)).status]).toEqual([503, 200]);
  const { requests } = await (await fetch(`${url}/_peer/requests`)).json();
  expect(requests).toHaveLength(2);
  child.stdin.end();
  expect((await ended)[0]).toBe(0);
});
