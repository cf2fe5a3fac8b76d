/** What Prometheus sees of the parts themselves. */
import type { Ports } from '../ports.ts';

export function measureParts({ metrics, database, limits }: Ports): void {
  metrics.gauge(
    'mozarela_database',
    'Connections, retries and replicas of the database adapter, by figure; counts since the start of the process',
    () => database.stats(),
    'figure',
  );
  metrics.gauge(
    'mozarela_limits_degraded',
    'Whether this process counts requests for itself, because the counter that all share is lost',
    () => (limits.degraded ? 1 : 0),
  );
  metrics.gauge(
    'mozarela_limits_fallbacks',
    "Requests counted by this process's own counter since its start",
    () => limits.fallbacks,
  );
}
