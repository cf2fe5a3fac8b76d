import { pino } from 'pino';
import { expect, it } from 'vitest';
import { newId } from '../../ids.ts';
import { eventsContract, noticeOf, TEST_REDELIVERY } from './contract.ts';
import { inProcessEvents } from './in-process.ts';

const open = () => inProcessEvents({ log: pino({ level: 'silent' }), redelivery: TEST_REDELIVERY });

eventsContract('in-process', async () => open());

it('does not confirm what no consumer has got before it closes', async () => {
  const bus = open();
  const consumer = await bus.consume('statistics', async () => {});
  await consumer.stop();
  const published = bus.publish([noticeOf(newId(), 1)]);
  await bus.close();
  await expect(published).rejects.toThrow();
});
