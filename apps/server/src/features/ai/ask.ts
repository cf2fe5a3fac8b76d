/** One question to the model, under the claim that nobody else asks the same, accounted for and checked. */
import { randomBytes } from 'node:crypto';
import type { Ports } from '../../ports.ts';
import { AiError, type AiProvider } from '../../seams/ai/port.ts';
import { JobError } from '../../seams/queue/job.ts';
import type { Answers, KeptAnswer } from './answers.ts';
import { budgetWait, costMicros } from './budget.ts';
import { checkAnswer, type Knowledge } from './check.ts';
import type { Prepared } from './prepare.ts';
import { prompt } from './prepare.ts';
import { addUsage, dayOf } from './store.ts';

export type Asking = {
  ports: Ports;
  provider: AiProvider;
  answers: Answers;
  knowledge: Knowledge;
  prepared: Prepared;
  clinicId: string;
  analysisId: string;
  attempt: number;
  signal: AbortSignal;
  progress(percent: number): Promise<void>;
};

/** Percent at which people see "asking" and "checking". */
const ASKED = 20;
const ANSWERED = 80;
const POLL_MS = 400;
/** A model that answered badly twice will not do better a third time; each try is paid for. */
const BAD_ANSWERS = 2;

/** The answer to a case: from the cache, or asked for. @throws JobError naming what went wrong */
export async function answerFor(asking: Asking): Promise<KeptAnswer & { cached: boolean }> {
  const { answers, prepared, analysisId } = asking;
  const kept = await answers.get(prepared.key);
  if (kept) return { ...kept, cached: true };
  if (!(await answers.claim(prepared.key, analysisId)))
    throw new JobError('the same case is being asked', {
      next: 'later',
      delayMs: POLL_MS * (1 + Math.random()),
    });
  try {
    // Whoever held the claim before may have just put the answer there.
    const since = await answers.get(prepared.key);
    return since ? { ...since, cached: true } : { ...(await askModel(asking)), cached: false };
  } catch (error) {
    throw error instanceof AiError ? jobErrorOf(error, asking.attempt) : error;
  } finally {
    await answers.release(prepared.key);
  }
}

async function askModel(asking: Asking): Promise<KeptAnswer> {
  const { ports, provider, answers, knowledge, prepared, clinicId, signal, progress } = asking;
  const { database, config, now } = ports;
  if ((await budgetWait(database.read(clinicId), config.ai, clinicId, now())) > 0)
    throw new JobError('ai_budget_spent', { next: 'never' });
  await progress(ASKED);
  const { text, model, usage, finish } = await provider.complete({
    system: prompt.system,
    user: prompt.user(prepared.payload, randomBytes(12).toString('hex')),
    schema: prompt.schema,
    model: provider.models.primary,
    signal,
    timeoutMs: config.ai.timeoutMs,
  });
  // Paid for, whatever becomes of the answer.
  const cost = { ...usage, calls: 1, costMicros: costMicros(config.ai, usage) };
  await database.write(clinicId, (trx) => addUsage(trx, { day: dayOf(now()), clinicId, model }, cost));
  await progress(ANSWERED);
  if (finish === 'refused') throw new AiError('refused');
  if (finish === 'length') throw new AiError('bad_answer');
  const answer = { checked: checkAnswer(knowledge, prepared.payload, text), model, usage };
  // Before the job is done: if this worker dies now, the next one finds the answer and pays nothing.
  await answers.put(prepared.key, answer);
  return answer;
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
