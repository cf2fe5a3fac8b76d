/** What every adapter of the queue seam must do; run from <adapter>.test.ts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../ids.ts';
import type { Carried, Carrier } from './port.ts';

const job = (over: Partial<Carried> = {}): Carried => ({
  jobId: newId(),
  turn: 0,
  priority: 5,
  delayMs: 0,
  ...over,
});

/** Polls: nothing of a carrier is decided by how long it takes. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** @param open makes a carrier of its own; those of one test share their jobs when the adapter is shared */
export function carrierContract(name: string, open: () => Promise<Carrier>): void {
  describe(`queue: ${name}`, () => {
    let carrier: Carrier;
    beforeEach(async () => {
      carrier = await open();
    });
    afterEach(() => carrier.close());

    it('carries every id to one consumer', async () => {
      const seen: string[] = [];
      const jobs = Array.from({ length: 25 }, () => job());
      await carrier.send(jobs);
      const consumers = await Promise.all(
        [1, 2].map(() => carrier.consume(async (id) => void seen.push(id), { concurrency: 3 })),
      );
      await until(() => seen.length >= jobs.length);
      for (const consumer of consumers) await consumer.stop();
      expect(seen.toSorted()).toEqual(jobs.map(({ jobId }) => jobId).toSorted());
    });

    it('carries no more than asked for at a time', async () => {
      let now = 0;
      let most = 0;
      let done = 0;
      const work = async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now -= 1;
        done += 1;
      };
      await carrier.send(Array.from({ length: 12 }, () => job()));
      const consumer = await carrier.consume(work, { concurrency: 2 });
      await until(() => done === 12);
      await consumer.stop();
      expect(most).toBe(2);
    });

    it('carries what is urgent first, and then what is older', async () => {
      const jobs = [job({ priority: 9 }), job(), job(), job({ priority: 1 })];
      for (const one of jobs) await carrier.send([one]);
      await until(async () => (await carrier.depth()).waiting === 4);
      const seen: string[] = [];
      const consumer = await carrier.consume(async (id) => void seen.push(id), { concurrency: 1 });
      await until(() => seen.length === 4);
      await consumer.stop();
      expect(seen).toEqual([jobs[3]!.jobId, jobs[1]!.jobId, jobs[2]!.jobId, jobs[0]!.jobId]);
    });

    it('keeps what is not yet due, and carries it then', async () => {
      const [later, atOnce] = [job({ delayMs: 300 }), job()];
      const sentAt = performance.now();
      await carrier.send([later, atOnce]);
      expect((await carrier.depth()).delayed).toBe(1);
      const seen: { id: string; after: number }[] = [];
      const consumer = await carrier.consume(
        async (id) => void seen.push({ id, after: performance.now() - sentAt }),
        { concurrency: 2 },
      );
      await until(() => seen.length === 2);
      await consumer.stop();
      expect(seen.map(({ id }) => id)).toEqual([atOnce.jobId, later.jobId]);
      expect(seen[1]!.after).toBeGreaterThanOrEqual(290);
    });

    it('carries an id once a turn while it waits, and again when that turn is over', async () => {
      const one = job();
      await carrier.send([one]);
      await carrier.send([one]);
      const seen: string[] = [];
      const consumer = await carrier.consume(async (id) => void seen.push(id), { concurrency: 1 });
      await until(() => seen.length === 1);
      await until(async () => (await carrier.depth()).active === 0);
      await carrier.send([one]);
      await until(() => seen.length === 2);
      await carrier.send([{ ...one, turn: 1 }]);
      await until(() => seen.length === 3);
      const last = job();
      await carrier.send([last]);
      await until(() => seen.includes(last.jobId));
      await consumer.stop();
      expect(seen).toEqual([one.jobId, one.jobId, one.jobId, last.jobId]);
    });

    it('waits for what is under way when it stops, and leaves the rest', async () => {
      const begun: string[] = [];
      let ended = 0;
      await carrier.send([job(), job(), job()]);
      const consumer = await carrier.consume(
        async (id) => {
          begun.push(id);
          await new Promise((resolve) => setTimeout(resolve, 100));
          ended += 1;
        },
        { concurrency: 1 },
      );
      await until(() => begun.length === 1);
      await consumer.stop();
      expect([begun.length, ended]).toEqual([1, 1]);
      expect((await carrier.depth()).waiting).toBe(2);
    });

    it('answers a ping', () => expect(carrier.ping()).resolves.toBeUndefined());
  });
}
