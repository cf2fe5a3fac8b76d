/** What every adapter of the events seam must do; run from <adapter>.test.ts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../ids.ts';
import type { Redelivery } from './deliver.ts';
import type { CaseNotice, EventBus, Handle } from './port.ts';

/** What the suite expects of `open`: quick, so that no test waits long. */
export const TEST_REDELIVERY: Redelivery = { attempts: 3, firstDelayMs: 5 };

export const noticeOf = (caseId: string, seq: number): CaseNotice => ({
  caseId,
  seq,
  clinicId: newId(),
  type: seq === 1 ? 'case.created' : 'case.changed',
  at: Date.now(),
  repeated: false,
});

/** Keeps what it is told; `reached` waits until it has been told that many. */
export function recorder() {
  const told: CaseNotice[] = [];
  return {
    told,
    handle: async (notice: CaseNotice) => void told.push(notice),
    seqs: (caseId?: string) =>
      told.filter((notice) => !caseId || notice.caseId === caseId).map(({ seq }) => seq),
    async reached(count: number): Promise<void> {
      for (const deadline = Date.now() + 30_000; told.length < count; ) {
        if (Date.now() > deadline) throw new Error(`told ${told.length} of ${count}`);
        await sleep(5);
      }
    },
  };
}

/** @param open gives a bus that nobody has used, with TEST_REDELIVERY */
export function eventsContract(name: string, open: () => Promise<EventBus>): void {
  describe(`events: ${name}`, () => {
    let bus: EventBus;
    beforeEach(async () => {
      bus = await open();
    });
    afterEach(() => bus.close());
    const batch = (caseId: string, ...seqs: number[]) => seqs.map((seq) => noticeOf(caseId, seq));
    /** The handler rejects the notice of that number as often as `times` says. */
    const rejecting = (inner: Handle, number: number, times: number): Handle => {
      let left = times;
      return async (notice) => {
        if (notice.seq === number && left > 0) {
          left -= 1;
          throw new Error('not now');
        }
        await inner(notice);
      };
    };

    it('answers a ping', () => bus.ping());

    it('tells every consumer everything, unchanged, in order within a case', async () => {
      const [one, two] = [recorder(), recorder()];
      await bus.consume('one', one.handle);
      await bus.consume('two', two.handle);
      const [a, b] = [newId(), newId()];
      const first = batch(a, 1, 2, 3);
      const second = [...batch(b, 1), ...batch(a, 4)];
      await bus.publish(first);
      await bus.publish(second);
      await Promise.all([one.reached(5), two.reached(5)]);
      expect(one.told).toEqual([...first, ...second]);
      expect(two.told).toEqual(one.told);
    });

    it('passes on that a notice may have been told before', async () => {
      const { told, handle, reached } = recorder();
      await bus.consume('statistics', handle);
      await bus.publish([{ ...noticeOf(newId(), 1), repeated: true }, noticeOf(newId(), 1)]);
      await reached(2);
      expect(told.map(({ repeated }) => repeated)).toEqual([true, false]);
    });

    it('delivers again what was rejected, before anything later', async () => {
      const { told, handle, reached, seqs } = recorder();
      await bus.consume('statistics', rejecting(handle, 2, 2));
      await bus.publish(batch(newId(), 1, 2, 3));
      await reached(3);
      expect(seqs()).toEqual([1, 2, 3]);
      expect(told.map(({ repeated }) => repeated)).toEqual([false, true, false]);
    });

    it('sets aside what is rejected too often, and goes on', async () => {
      const { handle, reached, seqs } = recorder();
      await bus.consume('statistics', rejecting(handle, 2, TEST_REDELIVERY.attempts));
      await bus.publish(batch(newId(), 1, 2, 3));
      await reached(2);
      expect(seqs()).toEqual([1, 3]);
    });

    it('keeps for a consumer what happens while it is away', async () => {
      const [before, after] = [recorder(), recorder()];
      const first = await bus.consume('statistics', before.handle);
      const id = newId();
      await bus.publish(batch(id, 1));
      await before.reached(1);
      await first.stop();
      const published = bus.publish(batch(id, 2, 3));
      await bus.consume('statistics', after.handle);
      await published;
      await after.reached(2);
      expect([before.seqs(), after.seqs()]).toEqual([[1], [2, 3]]);
    });

    it('tells one consumer of a name at a time; another one takes over', async () => {
      const [active, standby] = [recorder(), recorder()];
      const first = await bus.consume('statistics', active.handle);
      await bus.consume('statistics', standby.handle);
      const id = newId();
      await bus.publish(batch(id, 1, 2));
      await active.reached(2);
      await first.stop();
      await bus.publish(batch(id, 3));
      await standby.reached(1);
      expect([active.seqs(), standby.seqs()]).toEqual([[1, 2], [3]]);
    });

    it('takes nothing while nobody has ever listened', async () => {
      await expect(bus.publish(batch(newId(), 1))).rejects.toThrow();
      const { handle, reached } = recorder();
      await bus.consume('statistics', handle);
      await bus.publish(batch(newId(), 1));
      await reached(1);
    });
  });
}
