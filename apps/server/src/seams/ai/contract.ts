/** What every adapter of the AI seam must do, against a peer that speaks its wire protocol; run from <adapter>.test.ts. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AiPeer, startAiPeer } from '../../../../../testbed/ai-peer.ts';
import { type Behaviour, PROVIDER_SECRET } from '../../../../../testbed/ai-peer-answers.ts';
import { AiError, type AiErrorCode, type AiProvider, type AiRequest } from './port.ts';

/** How a test opens an adapter on the peer. */
export type Opening = { model: string; fallbackModel: string | null; apiKey: string; baseUrl?: string };
export type Open = (peer: AiPeer, opening: Opening) => AiProvider;

const SCHEMA = {
  type: 'object',
  properties: { word: { type: 'string' } },
  required: ['word'],
  additionalProperties: false,
};

/** A question with everything set, for tests to change. */
export const question = (overrides: Partial<AiRequest> = {}): AiRequest => ({
  system: 'Answer briefly.',
  user: 'The case:\n{"species":"dog","clinicalSigns":"vomiting since Tuesday"}',
  schema: SCHEMA,
  model: 'model-a',
  signal: new AbortController().signal,
  timeoutMs: 10_000,
  ...overrides,
});

/** The AiError that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<AiError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AiError)) throw new Error('expected an AiError', { cause: error });
  return error;
}

const FAILURES: [Behaviour, AiErrorCode][] = [
  [{ kind: 'rate_limited', retryAfterSeconds: 3 }, 'rate_limited'],
  [{ kind: 'overloaded' }, 'overloaded'],
  [{ kind: 'internal' }, 'overloaded'],
  [{ kind: 'unauthorised' }, 'invalid_credentials'],
  [{ kind: 'unknown_model' }, 'rejected'],
  [{ kind: 'cut_off' }, 'cut_off'],
  [{ kind: 'empty' }, 'bad_answer'],
];

export function aiProviderContract(name: string, open: Open): void {
  describe(`ai: ${name}`, () => {
    let peer: AiPeer;
    let provider: AiProvider;
    beforeAll(async () => {
      peer = await startAiPeer();
      provider = open(peer, { model: 'model-a', fallbackModel: 'model-b', apiKey: peer.key });
    });
    beforeEach(() => peer.reset());
    afterAll(() => peer.stop());

    it('asks what it was given, with the schema, and answers text, model and cost', async () => {
      peer.always({ kind: 'well', answer: { word: 'gastritis' } });
      const completion = await provider.complete(question());
      expect(JSON.parse(completion.text)).toEqual({ word: 'gastritis' });
      expect([completion.model, completion.finish]).toEqual(['model-a', 'stop']);
      expect(completion.usage.inputTokens).toBeGreaterThan(0);
      expect(completion.usage.outputTokens).toBeGreaterThan(0);
      const { system, user } = question();
      expect(peer.requests).toMatchObject([{ model: 'model-a', system, user, schema: SCHEMA, images: 0 }]);
      expect(provider.models).toEqual({ primary: 'model-a', fallback: 'model-b' });
    });

    it('sends no tools, and attachments as bytes with their type', async () => {
      const attachments = [{ mediaType: 'image/png', bytes: new Uint8Array([1, 2, 3]) }];
      await provider.complete(question({ attachments }));
      expect(peer.requests[0]!.images).toBe(1);
      expect(peer.requests[0]!.body).toContain('image/png');
      expect(peer.requests[0]!.body).toContain('AQID');
      expect(peer.requests[0]!.body).not.toMatch(/"tools"|"functions"/);
    });

    it.each(FAILURES)('calls %j by its name, once, without the words of the provider', async (kind, code) => {
      peer.always(kind);
      const error = await failureOf(provider.complete(question()));
      expect(error.code).toBe(code);
      expect(peer.requests).toHaveLength(1);
      expect(`${error.message} ${JSON.stringify(error)} ${error.cause}`).not.toContain(PROVIDER_SECRET);
      expect(error.retryAfterMs).toBe(code === 'rate_limited' ? 3000 : null);
    });

    it('tells a refusal and an answer that is too long apart, with what they cost', async () => {
      peer.next({ kind: 'refused' }, { kind: 'length' });
      const completions = [await provider.complete(question()), await provider.complete(question())];
      expect(completions.map(({ finish }) => finish)).toEqual(['refused', 'length']);
      for (const { usage } of completions) expect(usage.inputTokens).toBeGreaterThan(0);
    });

    it('hands on malformed JSON as text: judging it is not its part', async () => {
      peer.always({ kind: 'malformed' });
      const { text } = await provider.complete(question());
      expect(() => JSON.parse(text)).toThrow();
    });

    it('gives up after the time-out, and at once when cancelled', async () => {
      peer.always({ kind: 'hang' });
      expect((await failureOf(provider.complete(question({ timeoutMs: 50 })))).code).toBe('timeout');
      const controller = new AbortController();
      const call = provider.complete(question({ signal: controller.signal, timeoutMs: 60_000 }));
      controller.abort();
      expect((await failureOf(call)).code).toBe('cancelled');
      const late = question({ signal: controller.signal });
      const before = peer.requests.length;
      expect((await failureOf(provider.complete(late))).code).toBe('cancelled');
      expect(peer.requests).toHaveLength(before);
    });

    it('says that nobody is there, or that the key is wrong', async () => {
      const opening = { model: 'model-a', fallbackModel: null };
      const wrong = open(peer, { ...opening, apiKey: 'wrong' });
      expect((await failureOf(wrong.complete(question()))).code).toBe('invalid_credentials');
      const gone = await startAiPeer();
      await gone.stop();
      const nobody = open(gone, { ...opening, apiKey: gone.key });
      expect((await failureOf(nobody.complete(question()))).code).toBe('unreachable');
      expect((await failureOf(nobody.ping())).code).toBe('unreachable');
    });

    it('pings without asking a question', async () => {
      await provider.ping();
      expect(peer.requests).toEqual([]);
    });
  });
}
