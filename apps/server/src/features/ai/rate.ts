/** How many calls a minute: of one clinic, and to the provider; exact for all instances together. */
import type { AiLimits } from '../../config/ai.ts';
import type { Limits } from '../../seams/limits/port.ts';
import { JobError } from '../../seams/queue/job.ts';

const MINUTE_MS = 60_000;
/** Spreads calls that wait for the same window. */
const JITTER_MS = 1000;

/**
 * Counts a call that is about to be made. What a cache answers is none.
 * @throws JobError that puts the job back until there is room, at no cost of an attempt
 */
export async function takeTurn(
  limits: Limits,
  rules: Pick<AiLimits, 'callsPerMinute' | 'clinicCallsPerMinute'>,
  { provider, clinicId }: { provider: string; clinicId: string },
): Promise<void> {
  const states = await limits.hit([
    { key: `ai:{calls}:clinic:${clinicId}`, max: rules.clinicCallsPerMinute, windowMs: MINUTE_MS },
    { key: `ai:{calls}:provider:${provider}`, max: rules.callsPerMinute, windowMs: MINUTE_MS },
  ]);
  const full = states.filter(({ allowed }) => !allowed);
  if (full.length === 0) return;
  const resetMs = Math.max(...full.map((state) => state.resetMs));
  throw new JobError('calls of a minute are used up', {
    next: 'later',
    delayMs: resetMs + Math.random() * JITTER_MS,
  });
}
