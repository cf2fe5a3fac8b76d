/** Asking for an analysis by a language model: consent, the clinic's switch, budget; then the cache or a job. */
import type { Analysis, AnalysisResult } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { AppError } from '../../http/errors.ts';
import { earlierAnswer, type IdempotencyClaim, once } from '../../http/once.ts';
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';
import type { JobWriter } from '../../seams/queue/job.ts';
import { answersOf } from './answers.ts';
import { requireAsked, requireConsent, requireSendable } from './asked.ts';
import { budgetWait } from './budget.ts';
import { resultOf } from './check.ts';
import { countHit } from './counters.ts';
import { type AiSources, type Asked, metaOf, prepareCase, toolsOf } from './prepare.ts';
import { addUsage, dayOf, isAllowed } from './store.ts';

type Actor = { userId: string; clinicId: string };

/** How analyses are kept; handed over by the feature that owns them. */
export type AnalysisKeeper = {
  enqueue(trx: Executor, jobs: JobWriter, actor: Actor, record: CaseRecord, asked: Asked): Promise<Analysis>;
  keep(
    trx: Executor,
    actor: Actor,
    record: CaseRecord,
    answer: { result: AnalysisResult; model: string } & Asked,
  ): Promise<Analysis>;
};

export type AiRequest = {
  actor: Actor;
  record: CaseRecord;
  consent: boolean;
  consentAttachments: boolean;
  claim: IdempotencyClaim | null;
} & Asked;

/**
 * Answers the analysis: succeeded when the cache had it, else queued.
 * @throws AppError ai_not_configured, validation_failed without consent, ai_not_allowed, ai_budget_spent
 */
export function aiRequests(ports: Ports, sources: AiSources, keeper: AnalysisKeeper) {
  const answers = answersOf(ports);
  const { ai: provider, config, database, now } = ports;
  return async (request: AiRequest): Promise<Analysis> => {
    const { actor, record, consent, consentAttachments, claim, attachments, commentOn } = request;
    const asked: Asked = { attachments, commentOn };
    if (!provider) throw new AppError('ai_not_configured');
    requireConsent(consent, consentAttachments, asked);
    const db = database.read(actor.clinicId);
    const earlier = await earlierAnswer<Analysis>(db, claim, now());
    if (earlier) return earlier;
    if (!(await isAllowed(db, actor.clinicId))) throw new AppError('ai_not_allowed');
    await requireAsked(sources, db, actor.clinicId, record, asked);
    requireSendable(record, asked);
    const question = { clinicId: actor.clinicId, record, model: provider.models.primary };
    // Files are read by a worker, which then finds the answer in the cache as well.
    const prepared = attachments.length > 0 ? null : await prepareCase(sources, ports, question, asked);
    const kept = prepared && (await answers.get(prepared.key));
    if (prepared && kept) {
      const { knowledge } = await toolsOf(sources);
      const { checked, model, usage } = kept;
      const savedTokens = usage.inputTokens + usage.outputTokens;
      const result = resultOf(knowledge, prepared.input, checked, metaOf(prepared, model));
      countHit(savedTokens);
      return database.write(actor.clinicId, (trx) =>
        once(trx, claim, now(), async () => {
          const account = { day: dayOf(now()), clinicId: actor.clinicId, model };
          await addUsage(trx, account, { hits: 1, savedTokens });
          return keeper.keep(trx, actor, record, { result, model, ...asked });
        }),
      );
    }
    const waitMs = await budgetWait(db, config.ai, actor.clinicId, now());
    if (waitMs > 0)
      throw new AppError('ai_budget_spent', { headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) } });
    return ports.jobs.write(actor.clinicId, (trx, jobs) =>
      once(trx, claim, now(), () => keeper.enqueue(trx, jobs, actor, record, asked)),
    );
  };
}
