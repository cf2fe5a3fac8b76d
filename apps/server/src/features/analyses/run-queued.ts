/** Runs queued analyses with whatever engine they name; the result and the end of the job are one transaction. */
import type { AnalysisResult } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { ERRORS } from '@mozarela/contract/errors';
import type { Selectable } from 'kysely';
import type { Ports } from '../../ports.ts';
import { AI_FAILURES } from '../../seams/ai/port.ts';
import type { Executor } from '../../seams/database/port.ts';
import type { AnalysesTable } from '../../seams/database/schema.ts';
import { JobError, type JobHandler, type JobRun } from '../../seams/queue/job.ts';
import type { AnalysisPayload } from './job.ts';
import { type AnalysisSources, caseInput, hint, run, succeeded } from './service.ts';

type Row = Selectable<AnalysesTable>;

export type EngineAnswer = {
  result: AnalysisResult;
  model?: string;
  cached?: boolean;
  protocolVersion?: number;
};

/** Answers for a case. Fails with a JobError whose message becomes the code that people's clients see. */
export type AnalysisEngine = (
  analysis: Row,
  record: CaseRecord,
  job: Pick<JobRun, 'signal' | 'progress' | 'attempt'>,
) => Promise<EngineAnswer>;

/** The engines that need nothing but this process. */
export function ownEngines(ports: Ports, sources: AnalysisSources): Record<string, AnalysisEngine> {
  return {
    knowledge: async (_analysis, record) => ({ result: await run(caseInput(record), null) }),
    protocol: async ({ clinic_id, protocol_id }, record) => {
      const db = ports.database.read(clinic_id);
      const protocol = protocol_id ? await sources.findProtocol(db, clinic_id, protocol_id) : null;
      if (!protocol) throw new JobError('protocol_gone', { next: 'never' });
      return { result: await run(caseInput(record), protocol), protocolVersion: protocol.version };
    },
  };
}

/** Marks the analysis as running; null when there is nothing to run any more. */
const begin = ({ database }: Ports, { analysisId, clinicId }: AnalysisPayload) =>
  database.write(clinicId, (trx) =>
    trx
      .updateTable('analyses')
      .set({ status: 'running', progress: 0, error_code: null, error_message: null, finished_at: null })
      .where('id', '=', analysisId)
      .where('clinic_id', '=', clinicId)
      // Failed: an administrator asked for another try.
      .where('status', 'in', ['queued', 'running', 'failed'])
      .returningAll()
      .executeTakeFirst(),
  );

async function noteProgress(ports: Ports, { analysisId, clinicId }: AnalysisPayload, percent: number) {
  await ports.database.write(clinicId, (trx) =>
    trx
      .updateTable('analyses')
      .set({ progress: Math.min(100, Math.max(0, percent)) })
      .where('id', '=', analysisId)
      .where('status', '=', 'running')
      .execute(),
  );
  await hint(ports, analysisId, 'running');
}

/** @param engines by the name that an analysis carries */
export function analysisHandler(
  ports: Ports,
  sources: AnalysisSources,
  engines: Record<string, AnalysisEngine> = ownEngines(ports, sources),
): JobHandler<AnalysisPayload> {
  return {
    async run(job) {
      const { payload } = job;
      const { analysisId, clinicId } = payload;
      const analysis = await begin(ports, payload);
      if (!analysis) return;
      await hint(ports, analysisId, 'running');
      const record = await sources.findCase(ports.database.read(clinicId), clinicId, analysis.case_id);
      if (!record) throw new JobError('case_gone', { next: 'never' });
      const engine = engines[analysis.engine];
      if (!engine) throw new JobError('engine_unavailable', { next: 'never' });
      const progress = async (percent: number) => {
        await job.progress(percent);
        await noteProgress(ports, payload, percent);
      };
      const answer = await engine(analysis, record, { signal: job.signal, attempt: job.attempt, progress });
      await job.finish((trx) => keep(ports, sources, trx, analysis, record, answer));
      await hint(ports, analysisId, 'succeeded');
    },
    async died(trx, { analysisId, clinicId }, reason) {
      await trx
        .updateTable('analyses')
        .set({ status: 'failed', ...failureOf(reason), finished_at: ports.now() })
        .where('id', '=', analysisId)
        .where('clinic_id', '=', clinicId)
        .where('status', 'in', ['queued', 'running'])
        .execute();
    },
    afterDeath: ({ analysisId }) => hint(ports, analysisId, 'failed'),
  };
}

async function keep(
  { database, now }: Ports,
  sources: AnalysisSources,
  trx: Executor,
  { id, case_id }: Row,
  { version }: CaseRecord,
  { result, model, cached, protocolVersion }: EngineAnswer,
): Promise<void> {
  await trx
    .updateTable('analyses')
    .set({
      ...succeeded(result, now()),
      case_version: version,
      protocol_version: protocolVersion ?? null,
      model: model ?? null,
      cached: cached ? 1 : 0,
    })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute();
  await sources.indexCase(database, trx, case_id);
}

const MESSAGES: Record<string, string> = {
  case_gone: 'The case was deleted.',
  protocol_gone: 'The protocol was deleted.',
  engine_unavailable: 'This engine is not set up.',
  attachment_unreadable: 'A file could not be sent: look at the preview for the reason.',
  attachments_too_large: 'The pictures together are too large to be sent.',
  case_changed: 'The case was changed after it was sent: ask again.',
  ...Object.fromEntries(Object.entries(AI_FAILURES).map(([code, words]) => [`ai_${code}`, `${words}.`])),
};

/** What people are told; reasons that are not codes stay with the administrators. */
function failureOf(reason: string): { error_code: string; error_message: string } {
  const code = /^[a-z]+(_[a-z]+)+$/.test(reason) ? reason : 'analysis_failed';
  const title = code in ERRORS ? ERRORS[code as keyof typeof ERRORS].title : undefined;
  return {
    error_code: code,
    error_message: MESSAGES[code] ?? title ?? 'The analysis could not be completed.',
  };
}
