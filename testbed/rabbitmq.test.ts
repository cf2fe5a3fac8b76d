import { type ChannelModel, connect } from 'amqplib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { until } from './process.ts';
import { type RabbitMq, startRabbitMq } from './rabbitmq.ts';

let rabbit: RabbitMq;
const open: ChannelModel[] = [];

beforeAll(async () => {
  rabbit = await startRabbitMq();
});
afterAll(() => rabbit?.stop());

async function connection(): Promise<ChannelModel> {
  const opened = await connect(rabbit.url);
  opened.on('error', () => {});
  open.push(opened);
  return opened;
}

async function publishConfirmed(queue: string, ...bodies: string[]): Promise<void> {
  const channel = await (await connection()).createConfirmChannel();
  channel.on('error', () => {});
  await channel.assertQueue(queue, { durable: true });
  for (const body of bodies) channel.sendToQueue(queue, Buffer.from(body), { persistent: true });
  await channel.waitForConfirms();
}

async function drain(queue: string, count: number): Promise<string[]> {
  const channel = await (await connection()).createChannel();
  const bodies: string[] = [];
  await until(`${count} messages`, async () => {
    const message = await channel.get(queue, { noAck: true });
    if (message) bodies.push(message.content.toString());
    return bodies.length === count;
  });
  expect(await channel.get(queue)).toBe(false);
  return bodies;
}

test('confirmed messages of a durable queue survive a restart, in order', async () => {
  await publishConfirmed('restart', 'one', 'two', 'three');
  await rabbit.restart();
  expect(await drain('restart', 3)).toEqual(['one', 'two', 'three']);
});

test('they survive kill -9 as well', async () => {
  await publishConfirmed('killed', 'one', 'two');
  await rabbit.kill();
  await expect(connect(rabbit.url)).rejects.toThrow('ECONNREFUSED');
  await rabbit.start();
  expect(await drain('killed', 2)).toEqual(['one', 'two']);
});

test('a frozen node confirms nothing until it wakes', async () => {
  const channel = await (await connection()).createConfirmChannel();
  await channel.assertQueue('frozen');
  rabbit.freeze();
  let confirmed = false;
  channel.sendToQueue('frozen', Buffer.from('x'), {}, () => {
    confirmed = true;
  });
  await expect(until('a confirm', () => confirmed, { withinMs: 300 })).rejects.toThrow('in vain');
  rabbit.unfreeze();
  await until('the confirm', () => confirmed);
});

test('a wrong password is refused', async () => {
  const url = new URL(rabbit.url);
  url.password = 'wrong';
  await expect(connect(url.href)).rejects.toThrow(/ACCESS.REFUSED/i);
});

test('a node given by the environment is used and never controlled', async () => {
  vi.stubEnv('TESTBED_AMQP_URL', rabbit.url);
  const given = await startRabbitMq();
  vi.unstubAllEnvs();
  expect([given.url, given.port]).toEqual([rabbit.url, rabbit.port]);
  expect(given.freeze).toThrow('not the test bed');
  await given.stop();
  await (await connect(given.url)).close();
});
