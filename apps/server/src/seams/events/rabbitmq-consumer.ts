/** A durable queue for each consumer's name, emptied by one consumer at a time, with a queue for what it rejects. */
import type { Channel, ConsumeMessage } from 'amqplib';
import { z } from 'zod';
import type { Log } from '../../telemetry/log.ts';
import { deliver, named, type Redelivery } from './deliver.ts';
import type { CaseNotice, Handle } from './port.ts';
import { rabbitLink } from './rabbitmq-link.ts';
import type { RabbitAddress } from './rabbitmq-url.ts';

const PREFETCH = 50;
/** Of quorum queues: a notice whose consumer dies on it that often is set aside, too. */
const DELIVERY_LIMIT = 20;

const body = z.object({
  caseId: z.string(),
  seq: z.int(),
  clinicId: z.string(),
  type: z.string(),
  at: z.int(),
});

export const exchangeOf = ({ prefix }: RabbitAddress) => `${prefix}.events`;

export const declareExchange = (channel: Channel, address: RabbitAddress) =>
  channel.assertExchange(exchangeOf(address), 'topic', { durable: true });

const typeArguments = ({ queues }: RabbitAddress) => ({
  'x-queue-type': queues,
  ...(queues === 'quorum' && {
    'x-delivery-limit': DELIVERY_LIMIT,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  }),
});

async function declareQueue(channel: Channel, address: RabbitAddress, name: string): Promise<string> {
  const [queue, dead] = [`${address.prefix}.${name}`, `${address.prefix}.dead`];
  await declareExchange(channel, address);
  await channel.assertExchange(dead, 'direct', { durable: true });
  await channel.assertQueue(`${queue}.dead`, {
    durable: true,
    arguments: { 'x-queue-type': address.queues },
  });
  await channel.bindQueue(`${queue}.dead`, dead, name);
  await channel.assertQueue(queue, {
    durable: true,
    arguments: {
      ...typeArguments(address),
      'x-single-active-consumer': true,
      'x-dead-letter-exchange': dead,
      'x-dead-letter-routing-key': name,
    },
  });
  await channel.bindQueue(queue, exchangeOf(address), '#');
  return queue;
}

/** Null for what is not a notice: somebody else put it there. */
function noticeOf({ content, properties, fields }: ConsumeMessage): CaseNotice | null {
  try {
    const repeated = properties.headers?.repeated === true || fields.redelivered;
    return { ...body.parse(JSON.parse(content.toString())), repeated };
  } catch {
    return null;
  }
}

export async function rabbitConsumer(
  address: RabbitAddress,
  name: string,
  handle: Handle,
  { log, redelivery }: { log: Log; redelivery: Redelivery },
): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  let last: Promise<void> = Promise.resolve();
  let present: Channel | undefined;

  /** @param gone tells that the channel has ended: what it delivered comes again on the next one */
  async function take(channel: Channel, message: ConsumeMessage, gone: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([gone, stopping.signal]);
    if (signal.aborted) return;
    const notice = noticeOf(message);
    const outcome = notice ? await deliver(notice, handle, redelivery, signal) : 'rejected';
    if (outcome === 'stopped' || gone.aborted) return;
    if (outcome === 'handled') return channel.ack(message);
    log.error({ consumer: name, ...(notice && named(notice)) }, 'event set aside');
    channel.nack(message, false, false);
  }

  const link = rabbitLink(address, log, async (model, gone) => {
    const channel = await model.createChannel();
    channel.on('error', () => {});
    // Without its channel the connection is of no use: both are made anew.
    channel.once('close', () => stopping.signal.aborted || model.close().catch(() => {}));
    present = channel;
    const queue = await declareQueue(channel, address, name);
    await channel.prefetch(PREFETCH);
    await channel.consume(queue, (message) => {
      // Null: the queue was deleted under us.
      if (!message) return void channel.close().catch(() => {});
      last = last
        .then(() => take(channel, message, gone))
        .catch((error: unknown) => log.warn({ consumer: name, error: String(error) }, 'not acknowledged'));
    });
    return channel;
  });
  // A broker that is down delays nobody's start: the queue is declared when it is back.
  await link.firstAttempt;
  return {
    async stop() {
      stopping.abort();
      await last;
      // The closing of a connection overtakes acknowledgements on its channels; that of a channel does not.
      await present?.close().catch(() => {});
      await link.close();
    },
  };
}
