/** Whether the parts answer, asked at most once a second whoever asks. */
import type { readinessAnswer } from '@mozarela/contract/health';
import type { z } from 'zod';
import type { Ports } from '../../ports.ts';

export type Readiness = z.infer<typeof readinessAnswer>;
type Check = Readiness['checks'][keyof Readiness['checks']];

const TIMEOUT_MS = 2_000;
const KEPT_MS = 1_000;

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

/** Several pings as one: all must succeed. */
const all =
  (...pings: (() => Promise<void>)[]) =>
  async () => {
    await Promise.all(pings.map((ping) => ping()));
  };

/** A part that lives in this process is there as long as the process answers. */
const embedded: Check = { status: 'ok', latencyMs: 0 };

async function checkAll(
  { database, limits, cache, live, queue, blobs, events, ai }: Ports,
  isStuck: () => boolean | Promise<boolean>,
): Promise<Readiness['checks']> {
  const moving = async () => {
    if (await isStuck()) throw new Error('work waits and nothing moves');
  };
  const [databaseCheck, cacheCheck, queueCheck, blobsCheck, eventsCheck, aiCheck] = await Promise.all([
    check(() => database.ping()),
    check(all(limits.ping, cache.ping, live.ping)),
    check(all(queue.ping, moving)),
    check(blobs.ping),
    check(events.ping),
    ai ? check(() => ai.ping()) : embedded,
  ]);
  return {
    database: databaseCheck,
    cache: cacheCheck,
    queue: queueCheck,
    blobs: blobsCheck,
    events: eventsCheck,
    ai: aiCheck,
  };
}

/**
 * @param isStuck whether work waits that nobody does
 * @returns what the readiness route says; `down` when the database is, or when the process drains
 */
export function readinessOf(
  ports: Ports,
  isStuck: () => boolean | Promise<boolean>,
): () => Promise<Readiness> {
  let last: { at: number; checks: Promise<Readiness['checks']> } | undefined;
  return async () => {
    const at = performance.now();
    if (!last || at - last.at > KEPT_MS) last = { at, checks: checkAll(ports, isStuck) };
    const checks = await last.checks;
    const states = Object.values(checks).map(({ status }) => status);
    if (ports.isDraining() || checks.database.status === 'down') return { status: 'down', checks };
    return { status: states.some((status) => status !== 'ok') ? 'degraded' : 'ok', checks };
  };
}
