/** A message there and back, through a queue that only this connection sees and that ends with it. */
import { connect } from 'amqplib';
import { parseAmqpUrl } from './rabbitmq-url.ts';

const CONNECT_MS = 5_000;

/**
 * @param url AMQP_URL; see parseAmqpUrl
 * @throws Error when the broker cannot be reached, does not let us in, or loses the message
 */
export async function probeRabbit(url: string): Promise<void> {
  const address = parseAmqpUrl(url);
  const model = await connect(address.url, {
    timeout: CONNECT_MS,
    ...(address.ca && { ca: address.ca }),
  });
  model.on('error', () => {});
  try {
    const channel = await model.createConfirmChannel();
    channel.on('error', () => {});
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
    channel.sendToQueue(queue, Buffer.from('probe'));
    await channel.waitForConfirms();
    const message = await channel.get(queue, { noAck: true });
    const body = message ? message.content.toString() : null;
    if (body !== 'probe') throw new Error('a confirmed message is gone');
  } finally {
    await model.close();
  }
}
