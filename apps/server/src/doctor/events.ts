/** The bus that tells other systems of cases. */
import { newId } from '../ids.ts';
import type { EventBus } from '../seams/events/port.ts';
import { type Check, within } from './check.ts';

const HEARD_MS = 5_000;

async function hear(events: EventBus): Promise<string> {
  const caseId = newId();
  const heard = Promise.withResolvers<void>();
  const consumer = await events.consume('doctor', async (notice) => {
    if (notice.caseId === caseId) heard.resolve();
  });
  try {
    const notice = { caseId, seq: 1, clinicId: newId(), type: 'case.created', at: 0, repeated: false };
    await within(HEARD_MS, Promise.all([events.publish([notice]), heard.promise]), 'an event was not heard');
  } finally {
    await consumer.stop();
  }
  return 'published and heard an event';
}

/**
 * Real consumers would take an event of ours for true, and a queue of ours would fill up for ever: so a broker is
 * tried with a message that nobody else sees.
 */
async function tryBroker(events: EventBus, url: string): Promise<string> {
  const { probeBroker } = await import('../adapters/target.ts');
  await probeBroker(url);
  await events.ping();
  return 'took, confirmed and gave back a message';
}

/** @param url AMQP_URL; null for the bus of this process */
export const eventChecks = (events: EventBus, url: string | null): Check[] => [
  {
    part: 'events',
    adapter: events.adapter,
    advice: 'Look at AMQP_URL: host, port, user, password, virtual host, amqps:// for TLS.',
    run: () => (url === null ? hear(events) : tryBroker(events, url)),
  },
];
