import { z } from 'zod';
import { analysisStatus, clinicalFields, correction, sex, species } from './analyses.ts';
import { attachment } from './attachments.ts';
import { dateOrTime, filledText, id, idParams, list, page, person, text, time } from './common.ts';
import { route } from './route.ts';

export const caseStatus = z.enum(['open', 'signed']);

const latestAnalysis = z.object({
  id,
  engine: z.enum(['knowledge', 'protocol', 'ai']),
  status: analysisStatus,
  top: z.array(z.object({ name: z.string(), probability: z.number().nullable() })),
});

/** What a list shows of a case. */
export const caseSummary = z
  .object({
    id,
    patientId: id,
    patientName: z.string().nullable(),
    species,
    breed: z.string().nullable(),
    sex: sex.nullable(),
    age: z.string().nullable(),
    weightKg: z.number().nullable(),
    /** The first 160 characters of the clinical signs. */
    excerpt: z.string(),
    status: caseStatus,
    latestAnalysis: latestAnalysis.nullable(),
    outcome: z.object({ diagnosis: z.string() }).nullable(),
    createdBy: person,
    createdAt: time,
    updatedAt: time,
    version: z.int(),
  })
  .meta({ id: 'CaseSummary' });
export type CaseSummary = z.infer<typeof caseSummary>;

export const addendum = z.object({ id, text: z.string(), createdBy: person, createdAt: time });

export const caseRecord = caseSummary
  .omit({ excerpt: true })
  .extend({
    clinicalSigns: z.string(),
    labFindings: z.string().nullable(),
    corrections: z.array(correction),
    attachments: z.array(attachment),
    addenda: z.array(addendum),
    signedAt: time.nullable(),
    signedBy: person.nullable(),
  })
  .meta({ id: 'CaseRecord' });
export type CaseRecord = z.infer<typeof caseRecord>;

const patientName = text(120).nullable().optional();

export const createCase = route({
  method: 'POST',
  path: '/api/cases',
  tag: 'cases',
  summary: "Save a case; a recheck passes the earlier case's patientId",
  auth: 'session',
  limit: 'api',
  idempotent: true,
  body: z.strictObject({ patientId: id.optional(), patientName, ...clinicalFields }),
  responses: { 201: caseRecord },
});

export const listCases = route({
  method: 'GET',
  path: '/api/cases',
  tag: 'cases',
  summary: 'Cases of the clinic, newest first; q searches patient, breed, signs and diagnoses',
  auth: 'session',
  limit: 'api',
  query: z.strictObject({
    q: text(200).optional(),
    species: species.optional(),
    from: dateOrTime.optional(),
    to: dateOrTime.optional(),
    patientId: id.optional(),
    ...page,
  }),
  responses: { 200: list(caseSummary) },
});

export const getCase = route({
  method: 'GET',
  path: '/api/cases/:id',
  tag: 'cases',
  summary: 'One case',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 200: caseRecord },
});

export const patchCase = route({
  method: 'PATCH',
  path: '/api/cases/:id',
  tag: 'cases',
  summary: 'Change an open case; needs If-Match',
  auth: 'session',
  limit: 'api',
  ifMatch: true,
  params: idParams,
  body: z
    .strictObject({
      patientName,
      ...clinicalFields,
      species: species.optional(),
      clinicalSigns: filledText(20_000).optional(),
    })
    .refine((body) => Object.values(body).some((value) => value !== undefined), {
      message: 'nothing to change',
    }),
  responses: { 200: caseRecord },
  errors: ['version_conflict', 'precondition_required', 'record_signed'],
});

export const deleteCase = route({
  method: 'DELETE',
  path: '/api/cases/:id',
  tag: 'cases',
  summary: 'Delete a case; it can be restored for 30 days',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 204: null },
});

export const restoreCase = route({
  method: 'POST',
  path: '/api/cases/:id/restore',
  tag: 'cases',
  summary: 'Undo a deletion within 30 days',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 200: caseRecord },
});

export const caseEvent = z.object({
  seq: z.int(),
  type: z.string(),
  at: time,
  actor: person.nullable(),
  data: z.record(z.string(), z.unknown()),
});

export const listCaseEvents = route({
  method: 'GET',
  path: '/api/cases/:id/events',
  tag: 'cases',
  summary: "The record's history: who, when, what; newest first",
  auth: 'session',
  limit: 'api',
  params: idParams,
  query: z.strictObject({
    ...page,
    cursor: z
      .string()
      .regex(/^\d{1,9}$/)
      .optional(),
  }),
  responses: {
    200: list(caseEvent).extend({
      /** Whether the whole history is as it was written: the hashes of its events agree. */
      intact: z.boolean(),
    }),
  },
});

export const signCase = route({
  method: 'POST',
  path: '/api/cases/:id/sign',
  tag: 'cases',
  summary: 'Sign and lock the record; needs If-Match',
  auth: 'session',
  limit: 'api',
  ifMatch: true,
  params: idParams,
  responses: { 200: caseRecord },
  errors: ['version_conflict', 'precondition_required', 'record_signed'],
});

export const addAddendum = route({
  method: 'POST',
  path: '/api/cases/:id/addenda',
  tag: 'cases',
  summary: 'Add to a signed record without changing it',
  auth: 'session',
  limit: 'api',
  params: idParams,
  body: z.strictObject({ text: filledText(5_000) }),
  responses: { 201: caseRecord },
});

export const putOutcome = route({
  method: 'PUT',
  path: '/api/cases/:id/outcome',
  tag: 'cases',
  summary: 'Record the final diagnosis',
  auth: 'session',
  limit: 'api',
  params: idParams,
  body: z.strictObject({ diagnosis: filledText(200) }),
  responses: { 200: caseRecord },
});

export const getSoap = route({
  method: 'GET',
  path: '/api/cases/:id/soap.txt',
  tag: 'cases',
  summary: 'The case as SOAP text',
  auth: 'session',
  limit: 'api',
  params: idParams,
  responses: { 200: { contentType: 'text/plain; charset=utf-8' } },
});

export const exportCases = route({
  method: 'GET',
  path: '/api/cases/export',
  tag: 'cases',
  summary: 'All cases of the clinic as CSV or JSON, streamed',
  auth: 'session',
  limit: 'api',
  query: z.strictObject({ format: z.enum(['csv', 'json']).default('csv') }),
  responses: { 200: { contentType: 'text/csv; charset=utf-8' } },
});

export const followCases = route({
  method: 'GET',
  path: '/api/events',
  tag: 'cases',
  summary:
    "Changes of the clinic's cases as Server-Sent Events: `case` with {caseId, seq, type}, or `reset` when too much was missed; resumable by Last-Event-ID, repeats are possible",
  auth: 'session',
  limit: 'api',
  responses: { 200: { contentType: 'text/event-stream' } },
});
