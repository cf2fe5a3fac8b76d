/** How much a day may cost, for one clinic and for all. */
import type { AiLimits } from '../../config/ai.ts';
import { DAY_MS } from '../../lib/time.ts';
import type { AiUsage } from '../../seams/ai/port.ts';
import type { Executor } from '../../seams/database/port.ts';
import { dayOf, spentOn } from './store.ts';

const MICROS = 1_000_000;

/** In millionths: tokens times the price of a million of them. */
export const costMicros = ({ prices }: AiLimits, { inputTokens, outputTokens }: AiUsage): number =>
  Math.round(inputTokens * prices.input + outputTokens * prices.output);

/**
 * Milliseconds until there is budget again, 0 when there is now. Calls that are open are not counted: a day may end a
 * few calls above its limit.
 */
export async function budgetWait(
  db: Executor,
  limits: AiLimits,
  clinicId: string,
  now: number,
): Promise<number> {
  const day = dayOf(now);
  const [clinic, all] = [await spentOn(db, day, clinicId), await spentOn(db, day, null)];
  const spent =
    clinic.tokens >= limits.clinicTokensPerDay ||
    all.tokens >= limits.tokensPerDay ||
    (limits.costPerDay !== null && all.costMicros >= limits.costPerDay * MICROS);
  return spent ? DAY_MS - (now % DAY_MS) : 0;
}
