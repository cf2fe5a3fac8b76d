/**
 * Carries events from the table to the bus. At every moment a process may die: what was handed to the bus without a
 * confirmation in the table goes again, marked as a repeat. One relay of an installation works at a time; an idle
 * one writes nothing.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { OUTBOX_CHANNEL } from '../../seams/events/port.ts';
import { describeError } from '../../telemetry/log.ts';
import { type Lease, leaseOf } from './lease.ts';
import { claim, markPublished, unpublished } from './table.ts';

export type RelayTiming = {
  /** Events that are published together. */
  batch: number;
  /** A hint may get lost. */
  pollMs: number;
  /** Gathers what a burst of writes leaves. */
  gatherMs: number;
  /** How soon to look again while another relay works. */
  heldMs: number;
  /** A holder that lives beats more often: publishing times out long before. */
  deadAfterMs: number;
  firstRetryMs: number;
  longestRetryMs: number;
};

export const RELAY_TIMING: RelayTiming = {
  batch: 500,
  pollMs: 5_000,
  gatherMs: 25,
  heldMs: 1_000,
  deadAfterMs: 12_000,
  firstRetryMs: 500,
  longestRetryMs: 15_000,
};

type Outcome = 'more' | 'drained' | 'held';

/** Publishes one batch. @throws when it is not certain that all of it got through */
export async function relayBatch(
  { database, events, now }: Ports,
  lease: Lease,
  batch: number,
): Promise<Outcome> {
  const db = database.read(ACCOUNTS);
  const waiting = await unpublished(db, batch);
  if (waiting.length === 0) return 'drained';
  const opening = await lease.look(db);
  if (!opening) return 'held';
  // While the bus is away nothing is claimed: rows would be rewritten at every attempt.
  await events.ping();
  const notices = await database.write(ACCOUNTS, async (trx) =>
    (await lease.take(trx, opening)) ? claim(trx, waiting) : null,
  );
  if (!notices) return 'held';
  const last = waiting.length < batch;
  try {
    if (notices.length > 0) await events.publish(notices);
  } catch (error) {
    await database.write(ACCOUNTS, (trx) => lease.release(trx));
    throw error;
  }
  await database.write(ACCOUNTS, async (trx) => {
    if (notices.length > 0) await markPublished(trx, notices, now());
    if (last) await lease.release(trx);
  });
  return last ? 'drained' : 'more';
}

/** Relays until stopped; `stop` waits for the batch that is under way. */
export function relayEvents(ports: Ports, timing: RelayTiming = RELAY_TIMING): { stop(): Promise<void> } {
  const { live, log } = ports;
  const lease = leaseOf('outbox', randomUUID(), timing.deadAfterMs);
  const stopping = new AbortController();
  /** Aborted by a hint; a hint that comes during a step ends the pause after it. */
  let hint = new AbortController();
  let failures = 0;

  async function pause(ms: number, ...signals: AbortSignal[]): Promise<void> {
    const signal = AbortSignal.any([stopping.signal, ...signals]);
    await sleep(ms, undefined, { signal }).catch(() => {});
  }

  async function step(): Promise<void> {
    hint = new AbortController();
    try {
      const outcome = await relayBatch(ports, lease, timing.batch);
      if (failures > 0) log.info('events are published again');
      failures = 0;
      if (outcome === 'held') await pause(timing.heldMs);
      if (outcome !== 'drained') return;
      await pause(timing.pollMs, hint.signal);
      await pause(timing.gatherMs);
    } catch (error) {
      failures += 1;
      log.warn({ error: describeError(error), failures }, 'events wait to be published');
      await pause(Math.min(timing.firstRetryMs * 2 ** (failures - 1), timing.longestRetryMs));
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) await step();
  }

  const subscribed = live
    .subscribe(OUTBOX_CHANNEL, () => hint.abort())
    .catch((error: unknown) => {
      log.warn({ error: describeError(error) }, 'no hints of new events: they are found by looking');
      return async () => {};
    });
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
      await (await subscribed)();
    },
  };
}
