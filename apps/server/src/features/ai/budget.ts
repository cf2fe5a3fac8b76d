/** How much a day may cost, for one clinic and for all; one account for all instances, calls that are open included. */
import type { AiLimits } from '../../config/ai.ts';
import { DAY_MS } from '../../lib/time.ts';
import type { AiUsage } from '../../seams/ai/port.ts';
import type { Database, Executor } from '../../seams/database/port.ts';
import { dayOf, type Spent, spentOn } from './store.ts';

const MICROS = 1_000_000;
/** Who asks for budget comes after the one before, on every instance. */
const BUDGET_SCOPE = 'ai:budget';
/** An answer as the schema asks for it; counted until the provider says what it was. */
const EXPECTED_OUTPUT_TOKENS = 1500;
const CHARACTERS_PER_TOKEN = 4;

/** In millionths: tokens times the price of a million of them. */
export const costMicros = ({ prices }: AiLimits, { inputTokens, outputTokens }: AiUsage): number =>
  Math.round(inputTokens * prices.input + outputTokens * prices.output);

/** Tokens of a question, guessed from its length, where nobody said how many there were. */
export const inputTokensOf = (characters: number): number => Math.ceil(characters / CHARACTERS_PER_TOKEN);

type Sum = Pick<Spent, 'tokens' | 'costMicros'>;

const isSpent = (limits: AiLimits, clinic: Sum, all: Sum): boolean =>
  clinic.tokens >= limits.clinicTokensPerDay ||
  all.tokens >= limits.tokensPerDay ||
  (limits.costPerDay !== null && all.costMicros >= limits.costPerDay * MICROS);

/** Milliseconds until there is budget again, 0 when there is now. */
export async function budgetWait(
  db: Executor,
  limits: AiLimits,
  clinicId: string,
  now: number,
): Promise<number> {
  const day = dayOf(now);
  const [clinic, all] = [await spentOn(db, day, clinicId), await spentOn(db, day, null)];
  return isSpent(limits, clinic, all) ? DAY_MS - (now % DAY_MS) : 0;
}

async function openCalls(trx: Executor, clinicId: string | null): Promise<Sum> {
  let query = trx
    .selectFrom('ai_calls')
    .select((select) => [
      select.fn.sum<number>('tokens').as('tokens'),
      select.fn.sum<number>('cost_micros').as('cost'),
    ]);
  if (clinicId !== null) query = query.where('clinic_id', '=', clinicId);
  const row = await query.executeTakeFirst();
  return { tokens: Number(row?.tokens ?? 0), costMicros: Number(row?.cost ?? 0) };
}

const plus = (a: Sum, b: Sum): Sum => ({
  tokens: a.tokens + b.tokens,
  costMicros: a.costMicros + b.costMicros,
});

type Call = {
  analysisId: string;
  clinicId: string /** Of the question. */;
  characters: number;
  openMs: number;
};

/**
 * Takes budget for one call: `granted`; `spent`: none is left today; `busy`: what is left may go to calls that are
 * open. A day ends at most by the last call's own size above its limit.
 */
export function takeBudget(
  database: Database,
  limits: AiLimits,
  { analysisId, clinicId, characters, openMs }: Call,
  now: number,
): Promise<'granted' | 'spent' | 'busy'> {
  const day = dayOf(now);
  const inputTokens = inputTokensOf(characters);
  const cost = costMicros(limits, { inputTokens, outputTokens: EXPECTED_OUTPUT_TOKENS });
  return database.write(BUDGET_SCOPE, async (trx) => {
    // Its own, from a worker that is gone, and those of all others that are.
    await trx
      .deleteFrom('ai_calls')
      .where((where) => where.or([where('expires_at', '<', now), where('analysis_id', '=', analysisId)]))
      .execute();
    const [clinic, all] = [await spentOn(trx, day, clinicId), await spentOn(trx, day, null)];
    if (isSpent(limits, clinic, all)) return 'spent';
    const clinicAndOpen = plus(clinic, await openCalls(trx, clinicId));
    if (isSpent(limits, clinicAndOpen, plus(all, await openCalls(trx, null)))) return 'busy';
    await trx
      .insertInto('ai_calls')
      .values({
        analysis_id: analysisId,
        clinic_id: clinicId,
        tokens: inputTokens + EXPECTED_OUTPUT_TOKENS,
        cost_micros: cost,
        expires_at: now + openMs,
      })
      .execute();
    return 'granted';
  });
}

/** Ends a call, and writes what it came to in the same transaction, so that no other sees it twice or not at all. */
export async function settleBudget(
  database: Database,
  analysisId: string,
  spend: (trx: Executor) => Promise<void>,
): Promise<void> {
  await database.write(BUDGET_SCOPE, async (trx) => {
    await trx.deleteFrom('ai_calls').where('analysis_id', '=', analysisId).execute();
    await spend(trx);
  });
}
