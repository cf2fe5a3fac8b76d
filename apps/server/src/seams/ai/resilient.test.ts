import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AiPeer, startAiPeer } from '../../../../../testbed/ai-peer.ts';
import { failureOf, question } from './contract.ts';
import { geminiProvider } from './gemini.ts';
import { openAiCompatibleProvider } from './openai-compatible.ts';
import type { AiProvider } from './port.ts';
import { type ResilientOptions, resilientProvider } from './resilient.ts';

/** A provider on the peer whose waits pass at once and are kept; its clock stands still unless moved. */
function setUp(peer: AiPeer, overrides: Partial<ResilientOptions> = {}, fallbackModel: string | null = null) {
  const waits: number[] = [];
  const clock = { now: 1_000_000 };
  const provider = resilientProvider(
    geminiProvider({ apiKey: peer.key, baseUrl: peer.geminiUrl, model: 'model-a', fallbackModel }),
    {
      now: () => clock.now,
      random: () => 0.5,
      sleep: async (ms, signal) => {
        signal.throwIfAborted();
        waits.push(ms);
      },
      ...overrides,
    },
  );
  return { provider, waits, clock };
}

/** Calls until `count` of them have failed. */
async function fail(provider: AiProvider, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await failureOf(provider.complete(question()));
}

describe('a resilient provider', () => {
  let peer: AiPeer;
  beforeAll(async () => {
    peer = await startAiPeer();
  });
  beforeEach(() => peer.reset());
  afterAll(() => peer.stop());

  const models = () => peer.requests.map(({ model }) => model);

  it('tries again after waits with full jitter, and answers', async () => {
    const { provider, waits } = setUp(peer);
    peer.next({ kind: 'overloaded' }, { kind: 'cut_off' });
    expect((await provider.complete(question())).finish).toBe('stop');
    expect(waits).toEqual([250, 500]);
  });

  it('tells of each try without an answer that may be paid for, with the usage where it was said', async () => {
    const { provider } = setUp(peer, {}, 'model-b');
    const lost: unknown[] = [];
    const onLost = (model: string, usage: unknown) => lost.push([model, usage]);
    peer.next({ kind: 'overloaded' }, { kind: 'cut_off' }, { kind: 'empty' });
    expect((await provider.complete({ ...question(), onLost })).model).toBe('model-b');
    const usage = { inputTokens: expect.any(Number), outputTokens: expect.any(Number) };
    expect(lost).toEqual([
      ['model-a', null],
      ['model-a', usage],
    ]);
    peer.always({ kind: 'hang' });
    await failureOf(provider.complete({ ...question(), timeoutMs: 50, onLost }));
    expect(lost.slice(2)).toEqual([
      ['model-a', null],
      ['model-b', null],
    ]);
    peer.always({ kind: 'unauthorised' });
    await failureOf(provider.complete({ ...question(), onLost }));
    expect(lost).toHaveLength(4);
  });

  it('waits at least as long as the provider asks, and not at all when that is too long', async () => {
    const { provider, waits } = setUp(peer);
    peer.next({ kind: 'rate_limited', retryAfterSeconds: 4 });
    await provider.complete(question());
    expect(waits).toEqual([4000]);
    peer.next({ kind: 'rate_limited', retryAfterSeconds: 60 });
    const error = await failureOf(provider.complete(question()));
    expect([error.code, error.retryAfterMs, waits.length]).toEqual(['rate_limited', 60_000, 1]);
  });

  it('gives up after its tries, and at once on what will not pass', async () => {
    const { provider } = setUp(peer);
    peer.always({ kind: 'overloaded' });
    expect((await failureOf(provider.complete(question()))).code).toBe('overloaded');
    expect(peer.requests).toHaveLength(3);
    peer.reset();
    peer.always({ kind: 'unauthorised' });
    expect((await failureOf(provider.complete(question()))).code).toBe('invalid_credentials');
    expect(peer.requests).toHaveLength(1);
  });

  it('asks the fallback model when the first is out of order, unknown or too slow', async () => {
    const { provider } = setUp(peer, {}, 'model-b');
    peer.forModel('model-a', { kind: 'internal' });
    expect((await provider.complete(question())).model).toBe('model-b');
    expect(models()).toEqual(['model-a', 'model-a', 'model-a', 'model-b']);
    for (const kind of ['unknown_model', 'hang'] as const) {
      peer.reset();
      peer.forModel('model-a', { kind });
      expect((await provider.complete(question({ timeoutMs: 200 }))).model).toBe('model-b');
      expect(models()).toEqual(['model-a', 'model-b']);
    }
  });

  it('does not trouble a fallback with a wrong key', async () => {
    const { provider } = setUp(peer, {}, 'model-b');
    peer.always({ kind: 'unauthorised' });
    await failureOf(provider.complete(question()));
    expect(models()).toEqual(['model-a']);
  });

  it('leaves a model alone that failed five times, then sends one probe', async () => {
    const { provider, clock } = setUp(peer, { attempts: 1 });
    peer.always({ kind: 'overloaded' });
    await fail(provider, 5);
    const refused = await failureOf(provider.complete(question()));
    expect([refused.code, refused.retryAfterMs, peer.requests.length]).toEqual(['overloaded', 30_000, 5]);
    clock.now += 30_000;
    await fail(provider, 2);
    expect(peer.requests).toHaveLength(6);
    clock.now += 30_000;
    peer.always({ kind: 'well' });
    const [probe, other] = await Promise.allSettled([
      provider.complete(question()),
      provider.complete(question()),
    ]);
    expect([probe.status, other.status, peer.requests.length]).toEqual(['fulfilled', 'rejected', 7]);
    await provider.complete(question());
    expect(peer.requests).toHaveLength(8);
  });

  it('keeps the breakers of two models apart', async () => {
    const { provider } = setUp(peer, { attempts: 1 }, 'model-b');
    peer.forModel('model-a', { kind: 'overloaded' });
    for (let i = 0; i < 7; i += 1) expect((await provider.complete(question())).model).toBe('model-b');
    expect(models().filter((model) => model === 'model-a')).toHaveLength(5);
  });

  it('never has more calls open than allowed, and lets a waiting one leave', async () => {
    const { provider } = setUp(peer, { concurrency: 2 });
    peer.always({ kind: 'hang' });
    const controller = new AbortController();
    const calls = Array.from({ length: 5 }, () =>
      failureOf(provider.complete(question({ signal: controller.signal, timeoutMs: 60_000 }))),
    );
    while (peer.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    const codes = (await Promise.all(calls)).map(({ code }) => code);
    expect(codes).toEqual(Array.from({ length: 5 }, () => 'cancelled'));
    expect(peer.requests).toHaveLength(2);
    peer.always({ kind: 'well' });
    await Promise.all([1, 2, 3].map(() => provider.complete(question())));
    expect(peer.requests).toHaveLength(5);
  });

  it('ends a wait when it is cancelled', async () => {
    const controller = new AbortController();
    const { provider } = setUp(peer, {
      sleep: async () => {
        controller.abort();
        throw new Error('aborted');
      },
    });
    peer.always({ kind: 'overloaded' });
    const error = await failureOf(provider.complete(question({ signal: controller.signal })));
    expect([error.code, peer.requests.length]).toEqual(['cancelled', 1]);
  });

  it('does the same for the other protocol', async () => {
    const provider = resilientProvider(
      openAiCompatibleProvider({
        apiKey: peer.key,
        baseUrl: peer.openAiUrl,
        model: 'model-a',
        fallbackModel: 'model-b',
      }),
      { sleep: async () => {} },
    );
    peer.forModel('model-a', { kind: 'rate_limited', retryAfterSeconds: 1 });
    expect((await provider.complete(question())).model).toBe('model-b');
    expect(models()).toEqual(['model-a', 'model-a', 'model-a', 'model-b']);
  });
});
