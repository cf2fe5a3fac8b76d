/**
 * The bus of one process. It keeps nothing: what it delivers is safe in the event table, and `publish` resolves only
 * when every consumer has it, so that a process that dies in between is told again.
 */
import { EventEmitter, once } from 'node:events';
import type { Log } from '../../telemetry/log.ts';
import { deliver, named, REDELIVERY, type Redelivery } from './deliver.ts';
import type { CaseNotice, EventBus, Handle } from './port.ts';

type Listener = { handle: Handle; stopping: AbortController; busy: Promise<unknown> };
/** Of one consumer's name. The first listener gets everything, the others stand by. */
type Mailbox = { listeners: Listener[]; last: Promise<void> };

type Options = { log: Log; redelivery?: Redelivery };

export function inProcessEvents({ log, redelivery = REDELIVERY }: Options): EventBus {
  const mailboxes = new Map<string, Mailbox>();
  const arrivals = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();

  async function listenerOf(name: string, { listeners }: Mailbox): Promise<Listener> {
    while (!listeners[0]) await once(arrivals, name, { signal: closing.signal });
    return listeners[0];
  }

  async function pass(name: string, mailbox: Mailbox, notice: CaseNotice): Promise<void> {
    for (;;) {
      const listener = await listenerOf(name, mailbox);
      const delivery = deliver(notice, listener.handle, redelivery, listener.stopping.signal);
      listener.busy = delivery;
      const outcome = await delivery;
      if (outcome === 'rejected') log.error({ consumer: name, ...named(notice) }, 'event set aside');
      if (outcome !== 'stopped') return;
    }
  }

  function put(name: string, mailbox: Mailbox, notices: CaseNotice[]): Promise<void> {
    const passed = mailbox.last.then(async () => {
      for (const notice of notices) await pass(name, mailbox, notice);
    });
    mailbox.last = passed.catch(() => {});
    return passed;
  }

  return {
    adapter: 'in-process',
    async publish(notices) {
      if (mailboxes.size === 0) throw new Error('Nobody listens to events');
      await Promise.all([...mailboxes].map(([name, mailbox]) => put(name, mailbox, notices)));
    },
    async consume(name, handle) {
      const mailbox: Mailbox = mailboxes.get(name) ?? { listeners: [], last: Promise.resolve() };
      mailboxes.set(name, mailbox);
      const listener = { handle, stopping: new AbortController(), busy: Promise.resolve() };
      mailbox.listeners.push(listener);
      arrivals.emit(name);
      return {
        async stop() {
          mailbox.listeners = mailbox.listeners.filter((other) => other !== listener);
          listener.stopping.abort();
          await listener.busy;
        },
      };
    },
    ping: async () => {},
    close: async () => closing.abort(),
  };
}
