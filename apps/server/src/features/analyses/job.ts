/** The job that runs an analysis which was asked for but not waited for. */
import { z } from 'zod';
import { defineJob } from '../../seams/queue/job.ts';

export const runAnalysis = defineJob({
  type: 'analysis.run',
  payload: z.strictObject({ analysisId: z.uuid(), clinicId: z.uuid() }),
  maxAttempts: 5,
  priority: 3,
  timeoutMs: 60_000,
  backoff: { firstMs: 1000, maxMs: 60_000 },
  scope: ({ clinicId }) => clinicId,
});

/** What every job that runs an analysis is given. */
export type AnalysisPayload = z.output<typeof runAnalysis.payload>;

/** Names the one job of an analysis, so that it can be cancelled. */
export const analysisJobKey = (analysisId: string): string => `analysis:${analysisId}`;

/** Where changes of an analysis are hinted at: its status. */
export const analysisChannel = (analysisId: string): string => `analysis:${analysisId}`;
