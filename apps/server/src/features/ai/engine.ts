/** The ai engine as workers run it. */
import type { AnalysisResult } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Ports } from '../../ports.ts';
import { JobError, type JobRun } from '../../seams/queue/job.ts';
import { answersOf } from './answers.ts';
import { answerFor } from './ask.ts';
import { MOST_IMAGE_BYTES } from './attachments.ts';
import { resultOf } from './check.ts';
import { countHit, countMiss } from './counters.ts';
import { type AiSources, metaOf, type Prepared, prepareCase, toolsOf } from './prepare.ts';
import { addUsage, dayOf, isAllowed } from './store.ts';

type QueuedAnalysis = {
  id: string;
  clinic_id: string;
  attachments: string;
  comment_on: string | null;
};
type Answer = { result: AnalysisResult; model: string; cached: boolean };

/** What an analysis's job is called; handed over by the feature that owns analyses. */
export type JobKeys = { jobKeyOf(analysisId: string): string };

/** Answers a queued analysis. Consent was for the words of the case as they were: an edited one is not sent. */
export function aiEngine(ports: Ports, sources: AiSources & JobKeys) {
  const answers = answersOf(ports);
  return async (
    analysis: QueuedAnalysis,
    record: CaseRecord,
    job: Pick<JobRun, 'signal' | 'progress' | 'attempt'>,
  ): Promise<Answer> => {
    const { ai: provider, database, now } = ports;
    const { id: analysisId, clinic_id: clinicId } = analysis;
    if (!provider) throw new JobError('ai_not_configured', { next: 'never' });
    const db = database.read(clinicId);
    // Read after the record, so that an edit in between is seen. Files, outcomes and signatures change no word of it.
    const asked = await sources.findAnalysis(db, clinicId, analysisId);
    if (!asked) throw new JobError('case_gone', { next: 'never' });
    if (asked.outdated) throw new JobError('case_changed', { next: 'never' });
    if (!(await isAllowed(db, clinicId))) throw new JobError('ai_not_allowed', { next: 'never' });
    const { knowledge } = await toolsOf(sources);
    const prepared = sendableOnly(
      await prepareCase(
        sources,
        ports,
        { clinicId, record, model: provider.models.primary },
        { attachments: JSON.parse(analysis.attachments) as string[], commentOn: analysis.comment_on },
      ),
    );
    const { checked, model, usage, cached } = await answerFor({
      ports,
      provider,
      answers,
      prepared,
      clinicId,
      analysisId,
      jobKeyOf: sources.jobKeyOf,
      ...job,
    });
    if (cached) {
      const savedTokens = usage.inputTokens + usage.outputTokens;
      countHit(savedTokens);
      await database.write(clinicId, (trx) =>
        addUsage(trx, { day: dayOf(now()), clinicId, model }, { hits: 1, savedTokens }),
      );
    } else countMiss();
    return { result: resultOf(knowledge, prepared.input, checked, metaOf(prepared, model)), model, cached };
  };
}

/** A file that people agreed to send is sent, or nothing is. @throws JobError naming what stands in the way */
function sendableOnly(prepared: Prepared | null): Prepared {
  if (!prepared) throw new JobError('case_changed', { next: 'never' });
  const { files } = prepared;
  if (files.some(({ sends }) => sends === 'nothing'))
    throw new JobError('attachment_unreadable', { next: 'never' });
  const bytes = files.reduce((sum, file) => sum + (file.sends === 'image' ? file.image.bytes.length : 0), 0);
  if (bytes > MOST_IMAGE_BYTES) throw new JobError('attachments_too_large', { next: 'never' });
  return prepared;
}
