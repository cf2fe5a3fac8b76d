import { z } from 'zod';
import { user } from './auth.ts';
import { caseSummary } from './cases.ts';
import { id, idParams, list, page, person, text, time } from './common.ts';
import { route } from './route.ts';

const count = z.object({ total: z.int(), recent: z.int() });
const search = z.strictObject({ q: text(200).optional(), ...page });

/** Of background jobs; how long the oldest due one has waited, null when none is due. */
const queueCounts = {
  queued: z.int(),
  running: z.int(),
  dead: z.int(),
  oldestDueMs: z.number().nullable(),
};

const aiUsage = z.object({
  calls: z.int(),
  hits: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  /** What the hits would have cost. */
  savedTokens: z.int(),
  /** In the currency of the configured prices. */
  cost: z.number(),
});

export const adminUser = user.extend({ createdAt: time, lastSeenAt: time.nullable() });

const stats = z.object({
  users: count,
  cases: count,
  sessions: z.object({ total: z.int() }),
  queue: z.object(queueCounts),
  /** Of the ai engine, all clinics and days: answers from the cache, answers paid for, and the share of the former (0-1, null without any). */
  aiCache: z.object({ hits: z.int(), misses: z.int(), hitRate: z.number().nullable() }),
  aiUsage: z.object({ today: aiUsage, total: aiUsage }),
});
export type AdminStats = z.infer<typeof stats>;

export const adminStats = route({
  method: 'GET',
  path: '/api/admin/stats',
  tag: 'admin',
  summary: 'Counts of the installation; recent means the last 30 days',
  auth: 'admin',
  limit: 'admin',
  responses: {
    200: stats,
  },
});

export const adminUsers = route({
  method: 'GET',
  path: '/api/admin/users',
  tag: 'admin',
  summary: 'Accounts, newest first',
  auth: 'admin',
  limit: 'admin',
  query: search,
  responses: { 200: list(adminUser) },
});

export const adminDeleteUser = route({
  method: 'DELETE',
  path: '/api/admin/users/:id',
  tag: 'admin',
  summary: "Anonymise an account (never one's own)",
  auth: 'admin',
  limit: 'admin',
  params: idParams,
  responses: { 204: null },
  errors: ['conflict'],
});

export const adminToggleAdmin = route({
  method: 'PATCH',
  path: '/api/admin/users/:id/toggle-admin',
  tag: 'admin',
  summary: "Grant or take the administrator role (never one's own)",
  auth: 'admin',
  limit: 'admin',
  params: idParams,
  responses: { 200: adminUser },
  errors: ['conflict'],
});

/** The answer holds the one-time link's token; it is shown once and never stored in clear. */
export const adminResetLink = route({
  method: 'POST',
  path: '/api/admin/users/:id/reset-link',
  tag: 'admin',
  summary: 'Make a one-time password reset link, valid for an hour',
  auth: 'admin',
  limit: 'admin',
  params: idParams,
  responses: { 201: z.object({ url: z.string(), expiresAt: time }) },
});

export const adminCases = route({
  method: 'GET',
  path: '/api/admin/cases',
  tag: 'admin',
  summary: 'Cases of all clinics, newest first, without their text',
  auth: 'admin',
  limit: 'admin',
  query: search,
  responses: {
    200: list(caseSummary.omit({ excerpt: true }).extend({ clinic: z.object({ id, name: z.string() }) })),
  },
});

export const adminDeleteCase = route({
  method: 'DELETE',
  path: '/api/admin/cases/:id',
  tag: 'admin',
  summary: 'Delete a case of any clinic',
  auth: 'admin',
  limit: 'admin',
  params: idParams,
  responses: { 204: null },
});

export const adminAudit = route({
  method: 'GET',
  path: '/api/admin/audit',
  tag: 'admin',
  summary: 'What administrators did, newest first',
  auth: 'admin',
  limit: 'admin',
  query: z.strictObject(page),
  responses: {
    200: list(
      z.object({
        id,
        at: time,
        actor: person.nullable(),
        action: z.string(),
        target: z.string().nullable(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
  },
});

export const deadJob = z
  .object({
    id,
    type: z.string(),
    attempts: z.int(),
    /** A kind or a code, never what a case says. */
    reason: z.string(),
    createdAt: time,
    diedAt: time,
  })
  .meta({ id: 'DeadJob' });

export const adminQueue = route({
  method: 'GET',
  path: '/api/admin/queue',
  tag: 'admin',
  summary: 'Background jobs by state and type, and those that were given up, newest first',
  auth: 'admin',
  limit: 'admin',
  query: z.strictObject(page),
  responses: {
    200: list(deadJob).extend({
      ...queueCounts,
      counts: z.array(z.object({ status: z.string(), type: z.string(), count: z.int() })),
      lastDone: z.array(z.object({ type: z.string(), at: time.nullable() })),
    }),
  },
});

export const adminRetryJob = route({
  method: 'POST',
  path: '/api/admin/queue/:id/retry',
  tag: 'admin',
  summary: 'Give a dead job all its attempts again',
  auth: 'admin',
  limit: 'admin',
  params: idParams,
  responses: { 204: null },
});

export const adminDropJob = route({
  method: 'DELETE',
  path: '/api/admin/queue/:id',
  tag: 'admin',
  summary: 'Forget a dead job',
  auth: 'admin',
  limit: 'admin',
  params: idParams,
  responses: { 204: null },
});
