/** What one worker of this process shares between its parts. */

import type { Jobs } from '../../seams/queue/job.ts';
import type { Registry, Schedule } from './registry.ts';
import type { JobParts } from './service.ts';
import type { Attempt } from './table.ts';
import type { Timing } from './timing.ts';

export type WorkerContext = {
  parts: JobParts & { jobs: Jobs };
  registry: Registry;
  timing: Timing;
  /** Names this worker in the rows that it holds. */
  worker: string;
  /** Attempts under way here, by `keyOf`. */
  active: Map<string, { attempt: Attempt; abort: AbortController }>;
  /** The slot of each schedule that this worker has asked for. */
  slots: Map<Schedule, string>;
  /** When this worker last took up or ended a job. */
  movedAt: number;
};

export const keyOf = ({ id, claims }: Attempt): string => `${id}:${claims}`;

/** Changes of one job follow each other; those of different jobs go side by side. */
export const jobScope = (id: string): string => `job:${id}`;
