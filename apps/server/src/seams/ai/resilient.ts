/**
 * A provider that endures what providers do: tries again with full jitter, honours Retry-After, asks the fallback
 * model, leaves alone what is known to be down, and never has more calls open than allowed.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Breaker, createBreaker } from './breaker.ts';
import { type AiCompletion, AiError, type AiErrorCode, type AiProvider, type AiRequest } from './port.ts';
import { createSlots } from './slots.ts';

export type ResilientOptions = {
  /** Tries of one model, the first included. */
  attempts: number;
  /** The first wait is a random share of this, the next of twice as much, ... */
  baseDelayMs: number;
  /** No wait is longer; a provider that asks for more is not waited for. */
  maxDelayMs: number;
  /** Calls open at once. */
  concurrency: number;
  breaker: { failures: number; openMs: number };
  now: () => number;
  /** From 0 to 1. */
  random: () => number;
  /** @throws when the signal is aborted */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
};

const DEFAULTS: ResilientOptions = {
  attempts: 3,
  baseDelayMs: 500,
  maxDelayMs: 20_000,
  concurrency: 8,
  breaker: { failures: 5, openMs: 30_000 },
  now: Date.now,
  random: Math.random,
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
};

/** Probes come every few seconds; the provider's own limits should not be spent on them. */
const PING_KEPT_MS = 60_000;

/** Likely to go better the next time. A time-out is not: it cost its full length already. */
const PASSING = new Set<AiErrorCode>(['rate_limited', 'overloaded', 'cut_off', 'unreachable']);
/** Says that the model is out of order. */
const UNHEALTHY = new Set<AiErrorCode>(['overloaded', 'timeout', 'cut_off', 'unreachable']);
/** The model may have worked before the call ended so: providers bill that. */
const MAY_BE_PAID = new Set<AiErrorCode>(['timeout', 'cut_off', 'bad_answer', 'cancelled']);
/** Another model at the same address may still answer. */
const OTHER_MODEL_MAY_HELP = new Set<AiErrorCode>([
  'rate_limited',
  'overloaded',
  'timeout',
  'cut_off',
  'rejected',
  'bad_answer',
]);

export function resilientProvider(
  provider: AiProvider,
  overrides: Partial<ResilientOptions> = {},
): AiProvider {
  const options = { ...DEFAULTS, ...overrides };
  const slots = createSlots(options.concurrency);
  const breakers = new Map<string, Breaker>();
  let lastPing: { at: number; result: Promise<void> } | undefined;
  const breakerOf = (model: string): Breaker => {
    const breaker = breakers.get(model) ?? createBreaker({ ...options.breaker, now: options.now });
    breakers.set(model, breaker);
    return breaker;
  };

  async function tryOnce(request: AiRequest): Promise<AiCompletion> {
    const release = await slots.take(request.signal);
    const breaker = breakerOf(request.model);
    try {
      const wait = breaker.enter();
      if (wait > 0) throw new AiError('overloaded', { retryAfterMs: wait });
      return await judged(breaker, () => provider.complete(request));
    } catch (error) {
      if (error instanceof AiError && MAY_BE_PAID.has(error.code))
        request.onLost?.(request.model, error.usage);
      throw error;
    } finally {
      release();
    }
  }

  /** The wait before the next try, or null when it is not worth one. */
  function waitAfter(error: AiError, tried: number): number | null {
    if (!PASSING.has(error.code) || tried >= options.attempts) return null;
    const jitter = options.random() * Math.min(options.maxDelayMs, options.baseDelayMs * 2 ** (tried - 1));
    const wait = Math.max(error.retryAfterMs ?? 0, jitter);
    return wait <= options.maxDelayMs ? wait : null;
  }

  async function askModel(request: AiRequest): Promise<AiCompletion> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await tryOnce(request);
      } catch (error) {
        const wait = error instanceof AiError ? waitAfter(error, tried) : null;
        if (wait === null) throw error;
        await options.sleep(wait, request.signal).catch(() => {
          throw new AiError('cancelled');
        });
      }
    }
  }

  return {
    adapter: provider.adapter,
    models: provider.models,
    async complete(request) {
      const { fallback } = provider.models;
      try {
        return await askModel(request);
      } catch (error) {
        const worthIt = error instanceof AiError && OTHER_MODEL_MAY_HELP.has(error.code);
        if (!worthIt || fallback === null || fallback === request.model) throw error;
        return askModel({ ...request, model: fallback });
      }
    },
    ping() {
      const now = options.now();
      if (!lastPing || now - lastPing.at >= PING_KEPT_MS) lastPing = { at: now, result: provider.ping() };
      return lastPing.result;
    },
  };
}

/** Runs a call and tells the breaker what it says about the model's health. */
async function judged(breaker: Breaker, call: () => Promise<AiCompletion>): Promise<AiCompletion> {
  try {
    const completion = await call();
    breaker.succeeded();
    return completion;
  } catch (error) {
    if (error instanceof AiError && UNHEALTHY.has(error.code)) breaker.failed();
    else breaker.released();
    throw error;
  }
}
