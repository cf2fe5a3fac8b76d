import { z } from 'zod';
import { filledText, id, idParams, list, text, time } from './common.ts';
import { route } from './route.ts';

export const species = z.enum(['dog', 'cat', 'horse', 'cow', 'rabbit', 'bird', 'exotic', 'other']);
export const sex = z.enum(['M', 'MN', 'F', 'FS']);

/** The vet's word on a finding that the text engine read, or did not read. */
export const correction = z.strictObject({
  finding: text(100),
  assertion: z.enum(['present', 'absent', 'unsure']),
});

/** The part of a case that the engines read. */
export const clinicalFields = {
  species,
  breed: text(120).nullable().optional(),
  sex: sex.nullable().optional(),
  age: text(60).nullable().optional(),
  weightKg: z.number().positive().max(5000).nullable().optional(),
  clinicalSigns: filledText(20_000),
  labFindings: text(20_000).nullable().optional(),
  corrections: z.array(correction).max(200).optional(),
};

const field = z.enum(['signs', 'labs', 'signalment']);
const titledLink = z.object({ title: z.string(), url: z.string() });
const span = { start: z.int(), end: z.int(), field };

export const extractedFinding = z
  .object({
    id: z.string(),
    label: z.string(),
    text: z.string(),
    ...span,
    assertion: z.enum([
      'present',
      'absent',
      'possible',
      'historical',
      'other_animal',
      'hypothetical',
      'unsure',
    ]),
    detail: z.string().optional(),
    corrected: z.boolean().optional(),
  })
  .meta({ id: 'ExtractedFinding' });

export const measurement = z
  .object({
    analyte: z.string(),
    label: z.string(),
    value: z.number(),
    unit: z.string(),
    original: z.object({ value: z.number(), unit: z.string().nullable() }),
    range: z
      .object({
        low: z.number().nullable(),
        high: z.number().nullable(),
        source: z.enum(['printed', 'clinic', 'built-in']),
      })
      .nullable(),
    flag: z.enum(['H', 'L', 'normal']).nullable(),
    query: z.string().optional(),
    ...span,
  })
  .meta({ id: 'Measurement' });

const evidence = z.object({ finding: z.string(), label: z.string(), text: z.string(), weight: z.number() });

export const diagnosis = z
  .object({
    id: z.string(),
    name: z.string(),
    synonyms: z.array(z.string()),
    probability: z.number().nullable(),
    points: z.number().nullable(),
    band: z.enum(['leading', 'likely', 'possible', 'less likely']).nullable(),
    urgent: z.boolean(),
    notices: z.array(z.string()),
    reasoning: z.string(),
    findingsFor: z.array(evidence),
    findingsAgainst: z.array(evidence),
    unexplained: z.array(z.string()),
    suggestedTests: z.array(
      z.object({ id: z.string(), name: z.string(), tier: z.int(), purpose: z.string() }),
    ),
    treatmentPlan: z.object({
      stabilise: z.array(z.string()),
      treat: z.array(z.string()),
      monitor: z.array(z.string()),
    }),
    references: z.array(titledLink),
    review: z.string(),
    signalment: z.array(z.object({ factor: z.string(), multiplier: z.number() })),
  })
  .meta({ id: 'Diagnosis' });

export const redFlag = z
  .object({
    id: z.string(),
    title: z.string(),
    why: z.string(),
    excludeBy: z.string(),
    doNow: z.string(),
    reference: titledLink.nullable(),
    findings: z.array(z.string()),
  })
  .meta({ id: 'RedFlag' });

export const analysisResult = z
  .object({
    engine: z.enum(['knowledge', 'protocol', 'ai']),
    version: z.string(),
    summary: z.string(),
    redFlags: z.array(redFlag),
    diagnoses: z.array(diagnosis),
    other: z.number(),
    findings: z.array(extractedFinding),
    measurements: z.array(measurement),
    notUsed: z.array(z.string()),
    notUsedSpans: z.array(z.object({ text: z.string(), ...span })),
    nextQuestions: z.array(
      z.object({
        finding: z.string(),
        question: z.string(),
        separates: z.tuple([z.string(), z.string()]),
        test: z.object({ id: z.string(), name: z.string(), tier: z.int() }).nullable(),
      }),
    ),
    excluded: z.array(z.object({ id: z.string(), name: z.string(), reason: z.string() })),
    notices: z.array(z.string()),
    signalment: z.object({
      species,
      animals: z.array(z.string()),
      resolved: z.boolean(),
      breedId: z.string().nullable(),
      breedGroups: z.array(z.string()),
      sex: sex.nullable(),
      ageYears: z.number().nullable(),
      weightKg: z.number().nullable(),
    }),
    /** Of the ai engine only: which model answered, asked by which version of the prompt. */
    model: z.string().optional(),
    promptVersion: z.string().optional(),
    /** Of the ai engine only: what our checks took out of its answer; `text` is empty where it is not repeated. */
    rejected: z
      .array(
        z.object({
          kind: z.enum(['diagnosis', 'finding', 'test', 'reasoning', 'summary']),
          text: z.string(),
          reason: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'AnalysisResult' });
export type AnalysisResult = z.infer<typeof analysisResult>;

export const analyze = route({
  method: 'POST',
  path: '/api/analyze',
  tag: 'analyses',
  summary: 'Analyse a case without saving anything; a protocol needs a session',
  auth: 'optional',
  limit: 'api',
  csrf: false,
  body: z.strictObject({
    ...clinicalFields,
    engine: z.enum(['knowledge', 'protocol']).default('knowledge'),
    protocolId: id.optional(),
  }),
  responses: { 200: analysisResult },
});

export const analysisStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);

export const analysis = z
  .object({
    id,
    caseId: id,
    engine: z.enum(['knowledge', 'protocol', 'ai']),
    protocolId: id.nullable(),
    /** Files that were sent with the case, by consent. */
    attachments: z.array(id),
    /** The protocol's analysis that this one comments on: its `summary` is the comment, and it has no diagnoses. */
    commentOn: id.nullable(),
    /** The case was changed since: the answer is to what it was before. */
    outdated: z.boolean(),
    status: analysisStatus,
    /** 0-100 */
    progress: z.number(),
    cached: z.boolean(),
    model: z.string().nullable(),
    result: analysisResult.nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    createdAt: time,
    finishedAt: time.nullable(),
  })
  .meta({ id: 'Analysis' });
export type Analysis = z.infer<typeof analysis>;

/** Files that go with one question. */
export const MOST_SENT_FILES = 5;

export const createAnalysis = route({
  method: 'POST',
  path: '/api/cases/:id/analyses',
  tag: 'analyses',
  summary: 'Analyse a saved case: 201 when finished (knowledge, protocol), 202 when queued (ai)',
  auth: 'session',
  limit: 'api',
  idempotent: true,
  params: idParams,
  body: z.strictObject({
    engine: z.enum(['knowledge', 'protocol', 'ai']),
    protocolId: id.optional(),
    /** Of the ai engine: the redacted case leaves for the provider. */
    consent: z.boolean().optional(),
    /** Of the ai engine: the version of the case whose preview was agreed to; another one is refused. */
    caseVersion: z.int().positive().optional(),
    /** Of the ai engine: files of the case that go with it; needs a consent of its own. */
    attachments: z.array(id).max(MOST_SENT_FILES).optional(),
    consentAttachments: z.boolean().optional(),
    /**
     * Of the ai engine: a protocol's finished analysis of this case, for a short comment on the signalment beneath it.
     * Only signalment and names of diseases leave; the protocol's analysis stays as it is.
     */
    commentOn: id.optional(),
  }),
  responses: { 201: analysis, 202: analysis },
  errors: ['ai_not_configured', 'ai_not_allowed', 'ai_budget_spent', 'version_conflict'],
});

export const getAnalysis = route({
  method: 'GET',
  path: '/api/analyses/:id',
  tag: 'analyses',
  summary: 'One analysis with its result',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 200: analysis },
});

export const listAnalyses = route({
  method: 'GET',
  path: '/api/cases/:id/analyses',
  tag: 'analyses',
  summary: 'The analyses of a case, newest first',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 200: list(analysis) },
});

/** From this percentage on the answer is there and is being checked. */
export const CHECKING_FROM = 80;

/** The last place in the queue that is counted. */
export const MOST_POSITION = 100;

/** The data of each event. */
export const analysisEvent = z.object({
  id,
  status: analysisStatus,
  progress: z.number(),
  /** In words of people: `done` whatever the outcome. */
  phase: z.enum(['queued', 'running', 'checking', 'done']),
  /** While queued: 1 is next, MOST_POSITION is that place or any behind it; counted over all clinics. Else null. */
  position: z.int().nullable(),
});
export type AnalysisEvent = z.infer<typeof analysisEvent>;

/** Events named `status`, their data an AnalysisEvent; the last one is final. */
export const analysisEvents = route({
  method: 'GET',
  path: '/api/analyses/:id/events',
  tag: 'analyses',
  summary:
    'Server-Sent Events of status, phase, progress and position in the queue (100: or behind it); resumable by Last-Event-ID, 204 when its end was seen',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 200: { contentType: 'text/event-stream; charset=utf-8' }, 204: null },
});

export const cancelAnalysis = route({
  method: 'POST',
  path: '/api/analyses/:id/cancel',
  tag: 'analyses',
  summary: 'Stop an analysis that is not finished',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 200: analysis },
  errors: ['conflict'],
});
