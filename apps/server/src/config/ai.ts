/** How much a language model may be asked, and for how long its answers are good. */
import type { Settings } from './settings.ts';

export type AiLimits = {
  /** Calls of one process that are open at once. */
  concurrency: number;
  /** Of one try. */
  timeoutMs: number;
  /** Calls of a minute of all instances together, as a provider's own limit is stated. */
  callsPerMinute: number;
  /** Of these, what one clinic may have: one that asks for a whole day at once does not stop the others. */
  clinicCallsPerMinute: number;
  /** The first pause before another try is a random share of this, the next of twice as much. */
  retryDelayMs: number;
  cacheTtlMs: number;
  /** Tokens of a UTC day, input and output together. */
  clinicTokensPerDay: number;
  tokensPerDay: number;
  /** Of all clinics, in the currency of the prices; null: no limit in money. */
  costPerDay: number | null;
  /** Per million tokens, as the provider's price list has them. */
  prices: { input: number; output: number };
};

const DAY = 24 * 60 * 60_000;

const amount = (value: string): number | undefined =>
  /^\d{1,9}(?:\.\d{1,6})?$/.test(value) ? Number(value) : undefined;

export function aiLimits(settings: Settings): AiLimits {
  const price = (name: string) => settings.parse(name, 0, 'an amount such as 0.30', amount);
  return {
    concurrency: settings.integer('AI_CONCURRENCY', 8, 1, 1000),
    callsPerMinute: settings.integer('AI_RATE_LIMIT_MAX', 600, 1),
    clinicCallsPerMinute: settings.integer('AI_CLINIC_RATE_LIMIT_MAX', 60, 1),
    timeoutMs: settings.integer('AI_TIMEOUT_MS', 60_000, 100, 600_000),
    retryDelayMs: settings.integer('AI_RETRY_DELAY_MS', 500, 1, 60_000),
    cacheTtlMs: settings.integer('AI_CACHE_TTL_MS', 7 * DAY, 1000, 90 * DAY),
    clinicTokensPerDay: settings.integer('AI_CLINIC_DAILY_TOKENS', 500_000, 0),
    tokensPerDay: settings.integer('AI_DAILY_TOKENS', 20_000_000, 0),
    costPerDay: settings.parse<number | null>('AI_DAILY_COST', null, 'an amount such as 25', amount),
    prices: { input: price('AI_PRICE_INPUT'), output: price('AI_PRICE_OUTPUT') },
  };
}
