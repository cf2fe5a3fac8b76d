/** The RabbitMQ adapter against a real node, which is killed, frozen and restarted under it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RabbitMq, startRabbitMq } from '../../../../../testbed/rabbitmq.ts';
import { newId } from '../../ids.ts';
import { eventsContract, noticeOf, recorder, TEST_REDELIVERY } from './contract.ts';
import type { EventBus } from './port.ts';
import { rabbitEvents } from './rabbitmq.ts';

let rabbit: RabbitMq;
const buses: EventBus[] = [];
let prefixes = 0;
const PATIENT = { timeout: 60_000 };

beforeAll(async () => {
  rabbit = await startRabbitMq();
});
afterAll(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
  await rabbit?.stop();
});

const newPrefix = () => {
  prefixes += 1;
  return `test-${process.pid}-${prefixes}`;
};

/** A process's bus; those of one prefix belong to one installation. */
function open(prefix = newPrefix(), options: { confirmMs?: number; queues?: string } = {}): EventBus {
  const url = new URL(rabbit.url);
  url.searchParams.set('prefix', prefix);
  url.searchParams.set('queues', options.queues ?? 'classic');
  const log = pino({ level: 'silent' });
  const bus = rabbitEvents(url.href, { log, redelivery: TEST_REDELIVERY, ...options });
  buses.push(bus);
  return bus;
}

/** As the relay does: again, marked as a repeat, until it is confirmed. */
async function publishUntilConfirmed(bus: EventBus, seqs: number[], caseId: string): Promise<void> {
  for (let repeated = false; ; repeated = true) {
    const notices = seqs.map((seq) => ({ ...noticeOf(caseId, seq), repeated }));
    try {
      return await bus.publish(notices);
    } catch {
      await sleep(50);
    }
  }
}

/** Repeats are allowed; the order of what is told first is not. */
const distinct = (seqs: number[]) => [...new Set(seqs)];

eventsContract('rabbitmq', async () => open());
eventsContract('rabbitmq, quorum queues', async () => open(newPrefix(), { queues: 'quorum' }));

describe('a node that fails', () => {
  it('has after kill -9 what it had confirmed', async () => {
    const prefix = newPrefix();
    const [publisher, consumer] = [open(prefix), open(prefix)];
    const away = await consumer.consume('statistics', async () => {});
    await away.stop();
    const id = newId();
    await publisher.publish([1, 2, 3].map((seq) => noticeOf(id, seq)));
    await rabbit.kill();
    await expect(publisher.publish([noticeOf(id, 4)])).rejects.toThrow();
    await rabbit.start();
    const { handle, seqs } = recorder();
    await consumer.consume('statistics', handle);
    await publishUntilConfirmed(publisher, [4], id);
    await expect.poll(() => distinct(seqs()), PATIENT).toEqual([1, 2, 3, 4]);
  });

  it('finds its consumers again after a restart', async () => {
    const bus = open();
    const { handle, reached, seqs } = recorder();
    await bus.consume('statistics', handle);
    const id = newId();
    await bus.publish([noticeOf(id, 1)]);
    await reached(1);
    await rabbit.restart();
    await publishUntilConfirmed(bus, [2, 3], id);
    await expect.poll(() => distinct(seqs()), PATIENT).toEqual([1, 2, 3]);
  });

  it('fails what a frozen node does not confirm, and a ping; all is told when it wakes', async () => {
    const bus = open(newPrefix(), { confirmMs: 300 });
    const { handle, seqs } = recorder();
    await bus.consume('statistics', handle);
    const id = newId();
    await bus.publish([noticeOf(id, 1)]);
    rabbit.freeze();
    try {
      await expect(bus.publish([noticeOf(id, 2)])).rejects.toThrow('did not confirm');
      await expect(bus.ping()).rejects.toThrow();
    } finally {
      rabbit.unfreeze();
    }
    await publishUntilConfirmed(bus, [2, 3], id);
    await expect.poll(() => distinct(seqs()), PATIENT).toEqual([1, 2, 3]);
  });

  it('delays no start and loses no consumer when it is down from the beginning', async () => {
    await rabbit.stop();
    const bus = open();
    const { handle, seqs } = recorder();
    await bus.consume('statistics', handle);
    await expect(bus.ping()).rejects.toThrow('cannot be reached');
    await rabbit.start();
    await publishUntilConfirmed(bus, [1], newId());
    await expect.poll(() => distinct(seqs()), PATIENT).toEqual([1]);
  });
});

describe('a consumer that dies', () => {
  it('is told again what it has not acknowledged, marked, in order', async () => {
    const prefix = newPrefix();
    const [publisher, dying, living] = [open(prefix), open(prefix), open(prefix)];
    let started = () => {};
    const begun = new Promise<void>((resolve) => {
      started = resolve;
    });
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const consumer = await dying.consume('statistics', () => {
      started();
      return held;
    });
    const id = newId();
    await publisher.publish([1, 2, 3].map((seq) => noticeOf(id, seq)));
    await begun;
    const { told, handle, reached, seqs } = recorder();
    await living.consume('statistics', handle);
    const stopped = consumer.stop();
    letGo();
    await stopped;
    await reached(2);
    // The first one was handled but its acknowledgement may not have arrived.
    expect(seqs().filter((seq) => seq > 1)).toEqual([2, 3]);
    expect(told.every(({ repeated }) => repeated)).toBe(true);
  });
});

describe('two installations on one broker', () => {
  it('hear nothing of each other', async () => {
    const [ours, theirs] = [open(), open()];
    const [one, two] = [recorder(), recorder()];
    await ours.consume('statistics', one.handle);
    await theirs.consume('statistics', two.handle);
    await ours.publish([noticeOf(newId(), 1)]);
    await theirs.publish([noticeOf(newId(), 2)]);
    await Promise.all([one.reached(1), two.reached(1)]);
    expect([one.seqs(), two.seqs()]).toEqual([[1], [2]]);
  });

  it('refuses a prefix that is no name, and says so without the password', () => {
    const url = new URL(rabbit.url);
    expect(() => rabbitEvents(`${url.href}?prefix=a.%23`, { log: pino({ level: 'silent' }) })).toThrow(
      'has a prefix that is not',
    );
  });
});
