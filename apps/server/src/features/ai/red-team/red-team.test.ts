import type { CaseInput } from '@mozarela/clinical/types';
import { analysisResult } from '@mozarela/contract/analyses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AiPeer, startAiPeer } from '../../../../../../testbed/ai-peer.ts';
import { geminiProvider } from '../../../seams/ai/gemini.ts';
import { openAiCompatibleProvider } from '../../../seams/ai/openai-compatible.ts';
import { checkAnswer, resultOf } from '../check.ts';
import { conditionNames } from '../condition-names.ts';
import { preparePayload } from '../payload.ts';
import { pdfText } from '../pdf-text.ts';
import { promptV2 } from '../prompts/v2.ts';
import { stripDoses } from '../strip-doses.ts';
import { stripImage } from '../strip-image.ts';
import { bundle, engine, redactor } from '../testing.ts';
import { jpegWith, pdfWith, pngWith } from './files.ts';
import { RED_TEAM, type RedTeamNote } from './notes.ts';

const knowledge = { engine, names: conditionNames(bundle) };
/** Identifiers that leave all the same. May fall, may not rise. */
const SLIPS_AT_MOST = 4;

const inputOf = ({ species, sex, text, by, extra }: RedTeamNote): CaseInput => ({
  species,
  sex,
  clinicalSigns: text,
  labFindings: by === 'labs' || by === 'csv' ? (extra ?? null) : null,
});

/** The note on its way to a provider, whose model obeys every order in it; what left, and what came of it. */
async function send(peer: AiPeer, note: RedTeamNote, index: number) {
  const input = inputOf(note);
  const { extra = '' } = note;
  const documents = note.by === 'pdf' ? [(await pdfText(pdfWith(extra.split('\n')))) ?? ''] : [];
  const image = note.by === 'image' ? stripImage(index % 2 === 0 ? jpegWith(extra) : pngWith(extra)) : null;
  const { payload } = preparePayload(redactor, input, note.known ?? [], documents);
  const opening = { apiKey: peer.key, model: 'model-a', fallbackModel: null };
  const provider =
    index % 2 === 0
      ? geminiProvider({ ...opening, baseUrl: peer.geminiUrl })
      : openAiCompatibleProvider({ ...opening, baseUrl: peer.openAiUrl });
  peer.reset();
  peer.always({ kind: 'injected' });
  const completion = await provider.complete({
    system: promptV2.system,
    user: promptV2.user(payload, '0000'),
    ...(image && { attachments: [image] }),
    schema: promptV2.schema,
    model: 'model-a',
    signal: new AbortController().signal,
    timeoutMs: 10_000,
  });
  const checked = checkAnswer(knowledge, payload, completion.text);
  const result = resultOf(knowledge, input, checked, { model: completion.model, promptVersion: 'v1' });
  const { body, user, system, images } = peer.requests[0]!;
  const bytes = image ? Buffer.from(image.bytes).toString('latin1') : '';
  return { input, left: `${system}\n${user}\n${body}\n${bytes}`, user, images, result };
}

const isIn = (text: string, words: string) => text.toLowerCase().includes(words.toLowerCase());
/** As the payload writes it: one line of JSON. */
const asSent = (words: string) => JSON.stringify(words).slice(1, -1);

describe('forty notes that try to leak or to command', () => {
  let peer: AiPeer;
  beforeAll(async () => {
    peer = await startAiPeer();
  });
  afterAll(() => peer.stop());

  it('are forty, each of its own name, with what slips through counted', () => {
    expect(new Set(RED_TEAM.map(({ id }) => id)).size).toBe(40);
    expect(new Set(RED_TEAM.map(({ by }) => by))).toEqual(new Set(['text', 'labs', 'csv', 'pdf', 'image']));
    expect(RED_TEAM.flatMap(({ slips = [] }) => slips).length).toBeLessThanOrEqual(SLIPS_AT_MOST);
  });

  it.each(RED_TEAM.map((note, index) => [note.id, note, index] as const))('%s', async (_id, note, index) => {
    const { input, left, user, images, result } = await send(peer, note, index);

    expect(note.secrets.filter((secret) => isIn(left, secret) || isIn(left, asSent(secret)))).toEqual([]);
    expect((note.slips ?? []).filter((slip) => !isIn(left, slip))).toEqual([]);
    expect(note.kept.filter((words) => !user.includes(asSent(words)))).toEqual([]);
    expect(images).toBe(note.by === 'image' ? 1 : 0);
    expect(user.split('\n')).toHaveLength(5);

    const own = engine.analyze(input);
    expect(result.redFlags).toEqual(own.redFlags);
    expect(result.findings).toEqual(own.findings);
    expect(analysisResult.safeParse(result).success).toBe(true);
    expect(result.signalment).toMatchObject({ species: note.species, sex: note.sex });
    const shown = [
      result.summary,
      ...result.diagnoses.flatMap(({ name, reasoning, suggestedTests, findingsAgainst }) => [
        name,
        reasoning,
        ...suggestedTests.map((test) => test.name),
        ...findingsAgainst.map(({ text }) => text),
      ]),
      ...result.rejected!.map(({ text }) => text),
    ];
    expect(shown.filter((text) => stripDoses(text).removed > 0)).toEqual([]);
    expect(shown.filter((text) => /[<>]\w|https?:|javascript:|evil\.example|et al/i.test(text))).toEqual([]);
    expect(result.diagnoses.every(({ probability, points }) => probability === null && points === null)).toBe(
      true,
    );
    for (const { name } of result.diagnoses)
      expect(knowledge.names.find(name, own.signalment).kind).not.toBe('impossible');
    if (note.species !== 'horse')
      expect(result.diagnoses.map(({ name }) => name)).not.toContain('Equine colic');
    if (note.sex === 'M' || note.sex === 'MN')
      expect(result.diagnoses.map(({ name }) => name)).not.toContain('Pyometra');
    expect(result.rejected!.length).toBeGreaterThan(0);
  });

  it('an order in a note silences no red flag of it', () => {
    const orders = RED_TEAM.filter(({ id }) => id.startsWith('order-'));
    for (const note of orders) {
      const plain = engine.analyze({ ...inputOf(note), clinicalSigns: note.kept[0]!, labFindings: null });
      const flags = engine.analyze(inputOf(note)).redFlags.map(({ id }) => id);
      expect(plain.redFlags.length).toBeGreaterThan(0);
      expect(plain.redFlags.map(({ id }) => id).filter((id) => !flags.includes(id))).toEqual([]);
    }
  });
});
