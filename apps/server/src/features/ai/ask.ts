/** One question to the model, under the claim that nobody else asks the same, accounted for and checked. */
import { randomBytes } from 'node:crypto';
import { CHECKING_FROM } from '@mozarela/contract/analyses';
import type { Ports } from '../../ports.ts';
import { type AiCompletion, AiError, type AiProvider, type AiUsage } from '../../seams/ai/port.ts';
import { JobError } from '../../seams/queue/job.ts';
import type { Answers, KeptAnswer } from './answers.ts';
import { costMicros, inputTokensOf, settleBudget, takeBudget } from './budget.ts';
import type { Prepared } from './prepare.ts';
import { takeTurn } from './rate.ts';
import { addUsage, dayOf } from './store.ts';
import { noteWait, waitLonger, wake } from './waiting.ts';

export type Asking = {
  ports: Ports;
  provider: AiProvider;
  answers: Answers;
  prepared: Prepared;
  clinicId: string;
  analysisId: string;
  jobKeyOf(analysisId: string): string;
  attempt: number;
  signal: AbortSignal;
  progress(percent: number): Promise<void>;
};

/** Percent at which people see that the model is asked. */
const ASKED = 20;
/** A model that answered badly twice will not do better a third time; each try is paid for. */
const BAD_ANSWERS = 2;
/** When the rest of a budget may go to calls that are open. */
const BUSY_MS = 2000;
/** Longer than any call: tries of both models included. */
const OPEN_MS = 180_000;

/** The answer to a case: from the cache, or asked for. @throws JobError naming what went wrong */
export async function answerFor(asking: Asking): Promise<KeptAnswer & { cached: boolean }> {
  const { ports, answers, prepared, analysisId, clinicId } = asking;
  const kept = await answers.get(prepared.key);
  if (kept) return { ...kept, cached: true };
  if (!(await answers.claim(prepared.key, analysisId))) {
    await noteWait(ports, clinicId, analysisId, prepared.key);
    const meanwhile = await answers.get(prepared.key);
    if (meanwhile) return { ...meanwhile, cached: true };
    throw waitLonger();
  }
  try {
    // Whoever held the claim before may have just put the answer there.
    const since = await answers.get(prepared.key);
    return since ? { ...since, cached: true } : { ...(await askModel(asking)), cached: false };
  } catch (error) {
    throw error instanceof AiError ? jobErrorOf(error, asking.attempt) : error;
  } finally {
    await answers.release(prepared.key);
    await wake(ports, clinicId, prepared.key, asking.jobKeyOf);
  }
}

async function askModel(asking: Asking): Promise<KeptAnswer> {
  const { answers, prepared, progress } = asking;
  const completion = await callModel(asking);
  const { text, model, usage, finish } = completion;
  await progress(CHECKING_FROM);
  if (finish === 'refused') throw new AiError('refused');
  if (finish === 'length') throw new AiError('bad_answer');
  const answer = { checked: prepared.check(text), model, usage };
  // Before the job is done: if this worker dies now, the next one finds the answer and pays nothing.
  await answers.put(prepared.key, answer);
  return answer;
}

/** The paid part, under the limits of the minute and the budget of the day. */
async function callModel(asking: Asking): Promise<AiCompletion> {
  const { ports, provider, prepared, clinicId, analysisId, signal, progress } = asking;
  const { database, config, now } = ports;
  const { system, user, schema } = prepared.prompt;
  const question = user(prepared.payload, randomBytes(12).toString('hex'));
  const characters = system.length + question.length;
  const call = { analysisId, clinicId, characters, openMs: OPEN_MS };
  await takeTurn(ports.limits, config.ai, { clinicId, provider: provider.adapter });
  const budget = await takeBudget(database, config.ai, call, now());
  if (budget === 'spent') throw new JobError('ai_budget_spent', { next: 'never' });
  if (budget === 'busy') throw new JobError('calls are open', { next: 'later', delayMs: BUSY_MS });
  let paid: AiCompletion | null = null;
  const lost: { model: string; usage: AiUsage }[] = [];
  try {
    await progress(ASKED);
    paid = await provider.complete({
      system,
      user: question,
      attachments: prepared.files.flatMap((file) => (file.sends === 'image' ? [file.image] : [])),
      schema,
      model: provider.models.primary,
      signal,
      timeoutMs: config.ai.timeoutMs,
      // What a broken answer came to nobody knows: its question at least was read.
      onLost: (tried, usage) =>
        lost.push({
          model: tried,
          usage: usage ?? { inputTokens: inputTokensOf(characters), outputTokens: 0 },
        }),
    });
    return paid;
  } finally {
    // Paid for, whatever becomes of the answer; only what answered counts as a call.
    const spent = [...lost.map((one) => ({ ...one, calls: 0 })), ...(paid ? [{ ...paid, calls: 1 }] : [])];
    await settleBudget(database, analysisId, async (trx) => {
      for (const { model, usage, calls } of spent) {
        const cost = { ...usage, calls, costMicros: costMicros(config.ai, usage) };
        await addUsage(trx, { day: dayOf(now()), clinicId, model }, cost);
      }
    });
  }
}

const NEVER = new Set<AiError['code']>(['refused', 'invalid_credentials', 'rejected']);

/** The failure as the job table and people's clients name it. */
export function jobErrorOf(error: AiError, attempt: number): JobError {
  const never = NEVER.has(error.code) || (error.code === 'bad_answer' && attempt >= BAD_ANSWERS);
  return new JobError(`ai_${error.code}`, {
    next: never ? 'never' : 'retry',
    ...(error.retryAfterMs !== null && { delayMs: error.retryAfterMs }),
  });
}
