import { z } from 'zod';
import { route } from './route.ts';

const state = z.enum(['ok', 'degraded', 'down']);
const check = z.object({ status: state, latencyMs: z.number() });

export const liveness = route({
  method: 'GET',
  path: '/_health',
  tag: 'operations',
  summary: 'The process lives',
  auth: 'public',
  limit: 'none',
  responses: { 200: z.object({ status: z.literal('ok') }) },
});

export const readinessAnswer = z.object({
  status: state,
  checks: z.object({ database: check, cache: check, queue: check, blobs: check, events: check, ai: check }),
});

export const readiness = route({
  method: 'GET',
  path: '/healthz',
  tag: 'operations',
  summary: '503 when the database cannot be reached or the process drains, else 200',
  auth: 'public',
  limit: 'none',
  responses: { 200: readinessAnswer, 503: readinessAnswer },
});
