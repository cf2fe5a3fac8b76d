/** The ai engine as workers run it. */
import type { AnalysisResult } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Ports } from '../../ports.ts';
import { JobError, type JobRun } from '../../seams/queue/job.ts';
import { answersOf } from './answers.ts';
import { answerFor } from './ask.ts';
import { resultOf } from './check.ts';
import { countHit, countMiss } from './counters.ts';
import { type AiSources, prepareCase, prompt, toolsOf } from './prepare.ts';
import { addUsage, dayOf, isAllowed } from './store.ts';

type QueuedAnalysis = { id: string; clinic_id: string; case_version: number };
type Answer = { result: AnalysisResult; model: string; cached: boolean };

/** Answers a queued analysis. Consent was for the case as it was: an edited one is not sent. */
export function aiEngine(ports: Ports, sources: AiSources) {
  const answers = answersOf(ports);
  return async (
    analysis: QueuedAnalysis,
    record: CaseRecord,
    job: Pick<JobRun, 'signal' | 'progress' | 'attempt'>,
  ): Promise<Answer> => {
    const { ai: provider, database, now } = ports;
    const { id: analysisId, clinic_id: clinicId } = analysis;
    if (!provider) throw new JobError('ai_not_configured', { next: 'never' });
    if (record.version !== analysis.case_version) throw new JobError('case_changed', { next: 'never' });
    const db = database.read(clinicId);
    if (!(await isAllowed(db, clinicId))) throw new JobError('ai_not_allowed', { next: 'never' });
    const { knowledge } = await toolsOf(sources);
    const prepared = await prepareCase(sources, db, clinicId, record, provider.models.primary);
    const { checked, model, usage, cached } = await answerFor({
      ports,
      provider,
      answers,
      knowledge,
      prepared,
      clinicId,
      analysisId,
      ...job,
    });
    if (cached) {
      const savedTokens = usage.inputTokens + usage.outputTokens;
      countHit(savedTokens);
      await database.write(clinicId, (trx) =>
        addUsage(trx, { day: dayOf(now()), clinicId, model }, { hits: 1, savedTokens }),
      );
    } else countMiss();
    const meta = { model, promptVersion: prompt.version };
    return { result: resultOf(knowledge, prepared.input, checked, meta), model, cached };
  };
}
