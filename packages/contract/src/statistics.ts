import { z } from 'zod';
import { route } from './route.ts';

const counts = {
  created: z.int(),
  signed: z.int(),
  deleted: z.int(),
  restored: z.int(),
  outcomes: z.int(),
};

export const getStatistics = route({
  method: 'GET',
  path: '/api/statistics',
  tag: 'statistics',
  summary: 'What happened to cases of the clinic, by day (UTC) and species; the last 30 days unless stated',
  auth: 'session',
  limit: 'api',
  query: z
    .strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() })
    .refine(({ from, to }) => !from || !to || from <= to, {
      path: ['to'],
      message: 'must not be before from',
    }),
  responses: {
    200: z.object({
      from: z.iso.date(),
      to: z.iso.date(),
      /** Days and species without anything are left out. Oldest first. */
      days: z.array(z.object({ day: z.iso.date(), species: z.string(), ...counts })),
      total: z.object(counts),
    }),
  },
});
