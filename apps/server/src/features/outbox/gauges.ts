/** What Prometheus sees of the outbox; every role shows it, as the table is everybody's. */
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { type OutboxLag, outboxLag } from './table.ts';

/** One look at the table serves both gauges of a scrape. */
const KEPT_MS = 1_000;

export function measureOutbox({ metrics, database, now }: Ports): void {
  let last: { at: number; lag: Promise<OutboxLag> } | undefined;
  const lag = () => {
    const at = performance.now();
    if (!last || at - last.at > KEPT_MS) last = { at, lag: outboxLag(database.read(ACCOUNTS), now()) };
    return last.lag;
  };
  metrics.gauge(
    'mozarela_outbox_waiting',
    'Events of cases that the bus has not confirmed',
    async () => (await lag()).waiting,
  );
  metrics.gauge(
    'mozarela_outbox_oldest_seconds',
    'Age of the oldest event that the bus has not confirmed',
    async () => (await lag()).oldestMs / 1000,
  );
}
