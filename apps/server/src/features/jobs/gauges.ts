/** What Prometheus sees of background work; every role shows it, as the table is everybody's. */
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { type QueueHealth, queueHealth } from './health.ts';
import type { Registry } from './registry.ts';

/** One look at the table serves all gauges of a scrape. */
const KEPT_MS = 1_000;

export function measureJobs({ metrics, database, now }: Ports, { jobs }: Registry): void {
  let last: { at: number; health: Promise<QueueHealth> } | undefined;
  const health = () => {
    const at = performance.now();
    if (!last || at - last.at > KEPT_MS)
      last = { at, health: queueHealth(database.read(ACCOUNTS), now(), [...jobs.keys()]) };
    return last.health;
  };
  for (const state of ['queued', 'running', 'dead'] as const)
    metrics.gauge(
      `mozarela_jobs_${state}`,
      `Jobs that are ${state}, by type`,
      async () => {
        const { counts } = await health();
        return Object.fromEntries(
          counts.filter(({ status }) => status === state).map(({ type, count }) => [type, count]),
        );
      },
      'type',
    );
  metrics.gauge(
    'mozarela_jobs_oldest_due_seconds',
    'How long the oldest due job has waited',
    async () => ((await health()).oldestDueMs ?? 0) / 1000,
  );
  metrics.gauge(
    'mozarela_jobs_last_done_timestamp_seconds',
    'When the last job of a type was done',
    async () => {
      const done = (await health()).lastDone.filter(({ at }) => at !== null);
      return Object.fromEntries(done.map(({ type, at }) => [type, at! / 1000]));
    },
    'type',
  );
}
