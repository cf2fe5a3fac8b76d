import { z } from 'zod';
import { filledText, id, idParams, list, page, person, time } from './common.ts';
import { route } from './route.ts';

const conditionId = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** What somebody found wrong or dangerous in a condition or in the answer to a case. */
export const report = z
  .object({
    id,
    conditionId: z.string().nullable(),
    analysisId: id.nullable(),
    text: z.string(),
    /** Version of the knowledge base that answered when it was written. */
    knowledgeVersion: z.string(),
    createdAt: time,
    createdBy: person,
    clinic: z.object({ id, name: z.string() }),
    /** When and by whom it was settled; null while it is open. */
    done: z.object({ at: time, by: person }).nullable(),
  })
  .meta({ id: 'Report' });

export const createReport = route({
  method: 'POST',
  path: '/api/reports',
  tag: 'reports',
  summary: 'Say that a condition or an answer is wrong or dangerous; 20 an hour',
  auth: 'session',
  limit: 'api',
  body: z
    .strictObject({
      conditionId: conditionId.optional(),
      analysisId: id.optional(),
      text: filledText(4000),
    })
    .refine((body) => body.conditionId !== undefined || body.analysisId !== undefined, {
      message: 'needs conditionId or analysisId',
      path: ['conditionId'],
    }),
  responses: { 201: z.object({ id, createdAt: time }) },
});

export const adminReports = route({
  method: 'GET',
  path: '/api/admin/reports',
  tag: 'admin',
  summary: 'Reports of wrong or dangerous content, newest first',
  auth: 'admin',
  limit: 'admin',
  query: z.strictObject({ status: z.enum(['open', 'done']).default('open'), ...page }),
  responses: { 200: list(report) },
});

export const adminSettleReport = route({
  method: 'PATCH',
  path: '/api/admin/reports/:id',
  tag: 'admin',
  summary: 'Mark a report as done, or open it again',
  auth: 'admin',
  limit: 'admin',
  params: idParams,
  body: z.strictObject({ done: z.boolean() }),
  responses: { 200: report },
});
