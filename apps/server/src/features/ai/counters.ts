/** Hits and misses of this process, for Prometheus; the account by clinic and day is in the database. */
import type { Metrics } from '../../telemetry/metrics.ts';

const counts = { hit: 0, miss: 0, savedTokens: 0 };

export const countHit = (savedTokens: number): void => {
  counts.hit += 1;
  counts.savedTokens += savedTokens;
};

export const countMiss = (): void => {
  counts.miss += 1;
};

/** Shows the counters; once a process. */
export function measureAi(metrics: Metrics): void {
  metrics.gauge(
    'mozarela_ai_answers',
    'Answers of the ai engine since the start of the process: from the cache (hit) or paid for (miss)',
    () => ({ hit: counts.hit, miss: counts.miss }),
    'cache',
  );
  metrics.gauge(
    'mozarela_ai_saved_tokens',
    'Tokens that answers from the cache would have cost, since the start of the process',
    () => counts.savedTokens,
  );
}
