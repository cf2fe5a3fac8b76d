/** What is no longer of use goes away hourly: sessions that ended, old links, old idempotency keys. */
import { IDEMPOTENCY_MS } from './http/once.ts';
import type { Ports } from './ports.ts';
import { ACCOUNTS } from './seams/database/port.ts';
import { describeError } from './telemetry/log.ts';

const HOUR_MS = 60 * 60 * 1000;
/** A used or expired link is kept for a month, so that "who reset this?" has an answer. */
const RESETS_KEPT_MS = 30 * 24 * HOUR_MS;

/** Removes what has expired by now; answers how many rows of each. */
export async function clean({ database, now }: Ports): Promise<Record<string, number>> {
  const time = now();
  return database.write(ACCOUNTS, async (trx) => {
    const sessions = await trx.deleteFrom('sessions').where('expires_at', '<=', time).executeTakeFirst();
    const resets = await trx
      .deleteFrom('password_resets')
      .where('expires_at', '<', time - RESETS_KEPT_MS)
      .executeTakeFirst();
    const keys = await trx
      .deleteFrom('idempotency_keys')
      .where('created_at', '<', time - IDEMPOTENCY_MS)
      .executeTakeFirst();
    return {
      sessions: Number(sessions.numDeletedRows),
      resets: Number(resets.numDeletedRows),
      idempotencyKeys: Number(keys.numDeletedRows),
    };
  });
}

/** Cleans now and every hour until stopped; `stop` waits for a run that is under way. */
export function cleanHourly(ports: Ports): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = clean(ports).then(
      (removed) => ports.log.debug({ removed }, 'cleaned up'),
      (error: unknown) => ports.log.error({ error: describeError(error) }, 'clean-up failed'),
    );
  };
  run();
  const timer = setInterval(run, HOUR_MS);
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}
