/** A connection to RabbitMQ that comes back by itself: amqplib's own ends with the first error. */
import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { type ChannelModel, connect } from 'amqplib';
import { describeError, type Log } from '../../telemetry/log.ts';
import type { RabbitAddress } from './rabbitmq-url.ts';

const CONNECT_MS = 5_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;

export type Link<T> = {
  /** Settles when the first attempt has succeeded or failed. */
  firstAttempt: Promise<void>;
  /** What `setup` made of the present connection; waits for one. @throws when there is none in time */
  ready(withinMs: number): Promise<T>;
  /** Gives the connection up at once, also one that does not answer; a new one follows. */
  reset(): void;
  close(): Promise<void>;
};

/**
 * The socket is not in amqplib's types, and a frozen server answers no close. Only with an error does amqplib notice
 * that its socket is gone.
 */
function cut(model: ChannelModel): void {
  (model.connection as { stream?: Socket }).stream?.destroy(new Error('given up'));
}

/** @param setup declares and opens what the link is for, on each new connection; `gone` tells that it has ended */
export function rabbitLink<T>(
  { url, ca }: RabbitAddress,
  log: Log,
  setup: (model: ChannelModel, gone: AbortSignal) => Promise<T>,
): Link<T> {
  const changes = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();
  let present: { model: ChannelModel; made: T } | null = null;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  function retry(error: unknown): void {
    present = null;
    if (closing.signal.aborted) return;
    const delay = Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS);
    failures += 1;
    log.warn({ error: describeError(error), retryMs: delay }, 'no connection to RabbitMQ');
    // Not all instances at once, after the broker's restart.
    timer = setTimeout(open, delay * (0.75 + Math.random() / 2));
  }

  async function open(): Promise<void> {
    try {
      const model = await connect(url, { timeout: CONNECT_MS, noDelay: true, ...(ca && { ca }) });
      const gone = new AbortController();
      let reason: unknown;
      model.on('error', (error) => {
        reason = error;
      });
      model.once('close', (error) => {
        gone.abort();
        if (present?.model === model) retry(error ?? reason ?? new Error('closed'));
      });
      const made = await setup(model, gone.signal).catch((error: unknown) => {
        cut(model);
        throw error;
      });
      if (gone.signal.aborted) throw reason ?? new Error('closed');
      if (closing.signal.aborted) return cut(model);
      if (failures > 0) log.info('connected to RabbitMQ');
      failures = 0;
      present = { model, made };
      changes.emit('ready');
    } catch (error) {
      retry(error);
    }
  }

  const firstAttempt = open();
  return {
    firstAttempt,
    async ready(withinMs) {
      const deadline = AbortSignal.any([AbortSignal.timeout(withinMs), closing.signal]);
      while (!present) {
        await once(changes, 'ready', { signal: deadline }).catch((cause: unknown) => {
          throw new Error('RabbitMQ cannot be reached', { cause });
        });
      }
      return present.made;
    },
    reset() {
      if (present) cut(present.model);
    },
    async close() {
      closing.abort();
      clearTimeout(timer);
      await firstAttempt;
      const { model } = present ?? {};
      present = null;
      if (!model) return;
      const patience = setTimeout(() => cut(model), CONNECT_MS);
      await model.close().catch(() => {});
      clearTimeout(patience);
    },
  };
}
