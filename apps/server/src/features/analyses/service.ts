/** Analyses: the engines answer, the answer is kept with the version of what it was asked of. */
import { parseProtocol } from '@mozarela/clinical/protocol/parse';
import type { ParsedProtocol } from '@mozarela/clinical/protocol/types';
import type { CaseInput } from '@mozarela/clinical/types';
import type { Analysis, AnalysisResult } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Insertable } from 'kysely';
import { AppError } from '../../http/errors.ts';
import { earlierAnswer, type IdempotencyClaim, once } from '../../http/once.ts';
import { newId } from '../../ids.ts';
import { iso, isoOrNull } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import type { Database, Executor } from '../../seams/database/port.ts';
import type { AnalysesTable } from '../../seams/database/schema.ts';
import type { JobDefinition, JobWriter } from '../../seams/queue/job.ts';
import { clinicalEngine } from './engine.ts';
import { analysisChannel, analysisJobKey, runAnalysis } from './job.ts';

const TOP_KEPT = 5;

type Actor = { userId: string; clinicId: string };
type SavedProtocol = { id: string; version: number; csv: string };

/** What an analysis needs of other features; the container wires it. */
export type AnalysisSources = {
  findCase(db: Executor, clinicId: string, id: string): Promise<CaseRecord | null>;
  findProtocol(db: Executor, clinicId: string, id: string): Promise<SavedProtocol | null>;
  indexCase(database: Database, trx: Executor, caseId: string): Promise<void>;
};

/** Parsed protocols, by id and version: a large one takes longer to read than to run. */
const parsed = new Map<string, ParsedProtocol>();
const PARSED_KEPT = 20;

function parsedProtocol({ id, version, csv }: SavedProtocol): ParsedProtocol {
  const key = `${id}:${version}`;
  let protocol = parsed.get(key);
  if (!protocol) {
    protocol = parseProtocol(csv);
    if (parsed.size >= PARSED_KEPT) parsed.delete(parsed.keys().next().value ?? '');
    parsed.set(key, protocol);
  }
  return protocol;
}

/** Runs the built-in knowledge base, or the protocol when there is one. Pure computation. */
export async function run(input: CaseInput, protocol: SavedProtocol | null): Promise<AnalysisResult> {
  const engine = await clinicalEngine();
  return protocol ? engine.analyzeProtocol(input, parsedProtocol(protocol)) : engine.analyze(input);
}

/** The protocol that was asked for: 422 when none was named, 404 when the clinic has no such protocol. */
export async function requireProtocol(
  sources: AnalysisSources,
  db: Executor,
  clinicId: string,
  protocolId: string | undefined,
): Promise<SavedProtocol> {
  if (!protocolId)
    throw new AppError('validation_failed', {
      errors: [{ path: 'protocolId', message: 'is required for the protocol engine' }],
    });
  const protocol = await sources.findProtocol(db, clinicId, protocolId);
  if (!protocol) throw new AppError('not_found', { detail: 'There is no such protocol.' });
  return protocol;
}

export const caseInput = (record: CaseRecord): CaseInput => ({
  species: record.species,
  breed: record.breed,
  sex: record.sex,
  age: record.age,
  weightKg: record.weightKg,
  clinicalSigns: record.clinicalSigns,
  labFindings: record.labFindings,
  corrections: record.corrections,
});

/** Analyses a saved case and keeps the answer. */
export async function analyzeCase(
  ports: Ports,
  sources: AnalysisSources,
  actor: Actor,
  record: CaseRecord,
  request: { engine: 'knowledge' | 'protocol'; protocolId?: string },
  claim: IdempotencyClaim | null,
): Promise<Analysis> {
  const { database } = ports;
  const db = database.read(actor.clinicId);
  const earlier = await earlierAnswer<Analysis>(db, claim, ports.now());
  if (earlier) return earlier;
  const protocol =
    request.engine === 'protocol'
      ? await requireProtocol(sources, db, actor.clinicId, request.protocolId)
      : null;
  const createdAt = ports.now();
  const result = await run(caseInput(record), protocol);
  return database.write(actor.clinicId, (trx) =>
    once(trx, claim, ports.now(), async () => {
      const asked = { engine: request.engine, protocolId: protocol?.id };
      const id = await insertAnalysis(trx, actor, record, asked, createdAt, {
        ...succeeded(result, ports.now()),
        protocol_version: protocol?.version ?? null,
      });
      await sources.indexCase(database, trx, record.id);
      return savedAnalysis(trx, actor.clinicId, id);
    }),
  );
}

type Asked = {
  engine: AnalysesTable['engine'];
  protocolId?: string;
  /** Files that go to the provider. */
  attachments?: readonly string[];
  commentOn?: string | null;
};

/** Asks a worker for an analysis, in the caller's transaction; answers it as queued. */
export async function enqueueAnalysis(
  trx: Executor,
  jobs: JobWriter,
  actor: Actor,
  record: CaseRecord,
  asked: Asked & { now: number; definition?: JobDefinition<string, typeof runAnalysis.payload> },
): Promise<Analysis> {
  const id = await insertAnalysis(trx, actor, record, asked, asked.now, {});
  const payload = { analysisId: id, clinicId: actor.clinicId };
  await jobs.enqueue(asked.definition ?? runAnalysis, payload, { uniqueKey: analysisJobKey(id) });
  return savedAnalysis(trx, actor.clinicId, id);
}

/** Keeps an analysis that was answered at once from earlier work, in the caller's transaction. */
export async function keepCached(
  { database, now }: Pick<Ports, 'database' | 'now'>,
  sources: Pick<AnalysisSources, 'indexCase'>,
  trx: Executor,
  {
    actor,
    record,
    result,
    model,
    ...asked
  }: { actor: Actor; record: CaseRecord; result: AnalysisResult; model: string } & Omit<Asked, 'engine'>,
): Promise<Analysis> {
  const known = { ...succeeded(result, now()), model, cached: 1 as const };
  const id = await insertAnalysis(trx, actor, record, { engine: result.engine, ...asked }, now(), known);
  await sources.indexCase(database, trx, record.id);
  return savedAnalysis(trx, actor.clinicId, id);
}

async function insertAnalysis(
  trx: Executor,
  actor: Actor,
  record: CaseRecord,
  { engine, protocolId, attachments = [], commentOn = null }: Asked,
  now: number,
  known: Partial<Insertable<AnalysesTable>>,
): Promise<string> {
  const id = newId(now);
  await trx
    .insertInto('analyses')
    .values({
      id,
      case_id: record.id,
      clinic_id: actor.clinicId,
      case_version: record.version,
      engine,
      engine_version: null,
      protocol_id: protocolId ?? null,
      protocol_version: null,
      model: null,
      status: 'queued',
      progress: 0,
      cached: 0,
      top: '[]',
      result: null,
      error_code: null,
      error_message: null,
      requested_by: actor.userId,
      created_at: now,
      finished_at: null,
      attachments: JSON.stringify(attachments),
      comment_on: commentOn,
      ...known,
    })
    .execute();
  return id;
}

/** The columns of an analysis that has its result. */
export const succeeded = (result: AnalysisResult, now: number) => ({
  status: 'succeeded' as const,
  progress: 100,
  engine_version: result.version,
  top: JSON.stringify(topOf(result)),
  result: JSON.stringify(result),
  error_code: null,
  error_message: null,
  finished_at: now,
});

const topOf = ({ diagnoses }: AnalysisResult) =>
  diagnoses.slice(0, TOP_KEPT).map(({ name, probability }) => ({ name, probability }));

/**
 * Cancels an analysis that is not finished, and its job.
 * @throws AppError conflict when it is finished
 */
export async function cancelAnalysis(ports: Ports, clinicId: string, id: string): Promise<Analysis> {
  const analysis = await ports.jobs.write(clinicId, async (trx, jobs) => {
    const changed = await trx
      .updateTable('analyses')
      .set({ status: 'cancelled', finished_at: ports.now() })
      .where('id', '=', id)
      .where('clinic_id', '=', clinicId)
      .where('status', 'in', ['queued', 'running'])
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n)
      throw new AppError('conflict', { detail: 'This analysis is finished already.' });
    await jobs.cancel(analysisJobKey(id));
    return savedAnalysis(trx, clinicId, id);
  });
  await hint(ports, id, 'cancelled');
  return analysis;
}

/** Tells listeners on every instance to look. One that cannot be told looks by itself after a while. */
export async function hint({ live }: Pick<Ports, 'live'>, id: string, status: string): Promise<void> {
  await live.publish(analysisChannel(id), status);
}

function selectAnalyses(db: Executor, clinicId: string) {
  return db
    .selectFrom('analyses')
    .innerJoin('cases', 'cases.id', 'analyses.case_id')
    .selectAll('analyses')
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('case_events')
          .select('case_events.seq')
          .whereRef('case_events.case_id', '=', 'analyses.case_id')
          .whereRef('case_events.seq', '>', 'analyses.case_version')
          .where('case_events.type', '=', 'case.changed'),
      ).as('outdated'),
    )
    .where('analyses.clinic_id', '=', clinicId)
    .where('cases.deleted_at', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectAnalyses>['execute']>>[number];

const toAnalysis = (row: Row): Analysis => ({
  id: row.id,
  caseId: row.case_id,
  engine: row.engine,
  protocolId: row.protocol_id,
  attachments: JSON.parse(row.attachments) as string[],
  commentOn: row.comment_on,
  outdated: Boolean(row.outdated),
  status: row.status,
  progress: row.progress,
  cached: row.cached === 1,
  model: row.model,
  result: row.result === null ? null : (JSON.parse(row.result) as AnalysisResult),
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
  createdAt: iso(row.created_at),
  finishedAt: isoOrNull(row.finished_at),
});

/** One analysis of the clinic; null when there is none or its case is deleted. */
export async function findAnalysis(db: Executor, clinicId: string, id: string): Promise<Analysis | null> {
  const row = await selectAnalyses(db, clinicId).where('analyses.id', '=', id).executeTakeFirst();
  return row ? toAnalysis(row) : null;
}

async function savedAnalysis(trx: Executor, clinicId: string, id: string): Promise<Analysis> {
  const saved = await findAnalysis(trx, clinicId, id);
  if (!saved) throw new AppError('internal');
  return saved;
}

/** The newest analyses of a case, newest first. */
export async function listAnalyses(db: Executor, clinicId: string, caseId: string): Promise<Analysis[]> {
  const rows = await selectAnalyses(db, clinicId)
    .where('analyses.case_id', '=', caseId)
    .orderBy('analyses.id', 'desc')
    .limit(50)
    .execute();
  return rows.map(toAnalysis);
}
