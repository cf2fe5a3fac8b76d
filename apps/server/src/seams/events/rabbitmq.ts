/** RabbitMQ: a durable topic exchange, persistent messages, nothing counts as published before its confirmation. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfirmChannel } from 'amqplib';
import type { Log } from '../../telemetry/log.ts';
import { REDELIVERY, type Redelivery } from './deliver.ts';
import type { CaseNotice, EventBus } from './port.ts';
import { declareExchange, exchangeOf, rabbitConsumer } from './rabbitmq-consumer.ts';
import { type Link, rabbitLink } from './rabbitmq-link.ts';
import { parseAmqpUrl, type RabbitAddress } from './rabbitmq-url.ts';

const READY_MS = 3_000;
const PING_MS = 2_000;
/** A frozen node confirms nothing. */
const CONFIRM_MS = 5_000;

type Publisher = {
  channel: ConfirmChannel /** Ids of messages that no queue took. */;
  returned: Set<string>;
};
type Options = { log: Log; redelivery?: Redelivery; confirmMs?: number };

function publisherLink(address: RabbitAddress, log: Log): Link<Publisher> {
  return rabbitLink(address, log, async (model) => {
    const channel = await model.createConfirmChannel();
    const returned = new Set<string>();
    channel.on('error', () => {});
    channel.on('return', ({ properties }) => returned.add(String(properties.messageId)));
    channel.once('close', () => model.close().catch(() => {}));
    await declareExchange(channel, address);
    return { channel, returned };
  });
}

async function within<T>(ms: number, work: Promise<T>, what: string): Promise<T> {
  const timer = new AbortController();
  const late = sleep(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`RabbitMQ did not ${what} within ${ms} ms`);
  });
  // Whichever of the two comes second is nobody's business any more.
  work.catch(() => {});
  late.catch(() => {});
  return Promise.race([work, late]).finally(() => timer.abort());
}

const messageId = ({ caseId, seq }: CaseNotice) => `${caseId}:${seq}`;

function send(channel: ConfirmChannel, exchange: string, notice: CaseNotice): void {
  const { repeated, ...body } = notice;
  channel.publish(exchange, notice.type, Buffer.from(JSON.stringify(body)), {
    persistent: true,
    mandatory: true,
    contentType: 'application/json',
    messageId: messageId(notice),
    timestamp: Math.floor(notice.at / 1000),
    headers: { repeated },
  });
}

/**
 * @param url AMQP_URL; see parseAmqpUrl
 * @throws Error when the URL cannot be used; a broker that is down is no error here
 */
export function rabbitEvents(url: string, options: Options): EventBus {
  const { log, redelivery = REDELIVERY, confirmMs = CONFIRM_MS } = options;
  const address = parseAmqpUrl(url);
  const consumers = new Set<{ stop(): Promise<void> }>();
  let link: Link<Publisher> | undefined;
  // Most processes only listen or ask; publishers have a connection of their own, as the broker may block it.
  const publisher = (): Link<Publisher> => {
    link ??= publisherLink(address, log);
    return link;
  };

  return {
    adapter: 'rabbitmq',
    async publish(notices) {
      const { channel, returned } = await publisher().ready(READY_MS);
      for (const notice of notices) send(channel, exchangeOf(address), notice);
      try {
        await within(confirmMs, channel.waitForConfirms(), 'confirm');
      } catch (error) {
        // Late confirmations of these must not be taken for those of the next ones.
        publisher().reset();
        throw error;
      }
      const homeless = notices.filter((notice) => returned.delete(messageId(notice)));
      if (homeless.length > 0) throw new Error('No queue takes events: nobody has listened yet');
    },
    async consume(name, handle) {
      const consumer = await rabbitConsumer(address, name, handle, { log, redelivery });
      consumers.add(consumer);
      return {
        async stop() {
          consumers.delete(consumer);
          await consumer.stop();
        },
      };
    },
    async ping() {
      const { channel } = await publisher().ready(PING_MS);
      await within(PING_MS, channel.checkExchange(exchangeOf(address)), 'answer');
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      await link?.close();
    },
  };
}
