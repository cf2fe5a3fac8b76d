/** The daily clean-up of files, as a job. */
import { z } from 'zod';
import { defineJob } from '../../seams/queue/job.ts';

export const cleanFiles = defineJob({
  type: 'attachments.clean-up',
  payload: z.strictObject({}),
  maxAttempts: 3,
  priority: 9,
  timeoutMs: 60 * 60 * 1000,
  backoff: { firstMs: 60_000, maxMs: 10 * 60 * 1000 },
});
