/** The job of an analysis by a language model: few attempts, for each may be paid for. */
import { z } from 'zod';
import { defineJob } from '../../seams/queue/job.ts';

export const runAiAnalysis = defineJob({
  type: 'analysis.ai',
  payload: z.strictObject({ analysisId: z.uuid(), clinicId: z.uuid() }),
  maxAttempts: 3,
  priority: 4,
  timeoutMs: 150_000,
  backoff: { firstMs: 2000, maxMs: 30_000 },
  scope: ({ clinicId }) => clinicId,
});
