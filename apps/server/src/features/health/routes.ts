import { liveness, readiness } from '@mozarela/contract/health';
import { type Binding, bind } from '../../http/bind.ts';
import type { Ports } from '../../ports.ts';

type Check = { status: 'ok' | 'degraded' | 'down'; latencyMs: number };

const TIMEOUT_MS = 2_000;

async function check(ping: () => Promise<void>): Promise<Check> {
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT_MS);
  });
  const status = await Promise.race([ping(), tooLate]).then(
    () => 'ok' as const,
    () => 'down' as const,
  );
  clearTimeout(timer);
  return { status, latencyMs: Math.round((performance.now() - started) * 100) / 100 };
}

/** A part that lives in this process is there as long as the process answers. */
const embedded: Check = { status: 'ok', latencyMs: 0 };

export const healthRoutes = ({ database, limits, isDraining }: Ports): Binding[] => [
  bind(liveness, async () => ({ body: { status: 'ok' as const } })),
  bind(readiness, async () => {
    const [databaseCheck, cache] = await Promise.all([
      check(() => database.ping()),
      check(() => limits.ping()),
    ]);
    const checks = { database: databaseCheck, cache, queue: embedded, blobs: embedded, ai: embedded };
    if (isDraining() || checks.database.status === 'down')
      return { status: 503 as const, body: { status: 'down' as const, checks } };
    const degraded = Object.values(checks).some(({ status }) => status !== 'ok');
    return {
      status: 200 as const,
      body: { status: degraded ? ('degraded' as const) : ('ok' as const), checks },
    };
  }),
];
