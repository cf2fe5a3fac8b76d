/** What every adapter of the live seam must do; run from <adapter>.test.ts. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../ids.ts';
import type { Live } from './port.ts';

const WITHIN = { timeout: 15_000 };

/** @param open two instances that hear each other; the same one twice when there can be only one */
export function liveContract(name: string, open: () => Promise<[Live, Live]>): void {
  describe(`live: ${name}`, () => {
    let [one, other]: Live[] = [];
    let channel: string;
    beforeEach(async () => {
      [one, other] = await open();
      channel = `test:${newId()}`;
    });
    afterEach(() => Promise.all([one!.close(), other!.close()]));

    /** In the order of the alphabet: in a Cluster hints may overtake each other. */
    async function heardAll(heard: string[], last: string): Promise<string[]> {
      await vi.waitFor(() => expect(heard).toContain(last), WITHIN);
      return heard.toSorted();
    }

    it('passes hints from one instance to all listeners of the channel', async () => {
      const heard: string[][] = [[], [], []];
      for (const [index, live] of [one!, other!, other!].entries())
        await live.subscribe(channel, (message) => heard[index]!.push(message));
      for (const message of ['1', '{"ü":"猫"}']) {
        await one!.publish(channel, message);
        for (const list of heard) await heardAll(list, message);
      }
      for (const list of heard) expect(list).toEqual(['1', '{"ü":"猫"}']);
    });

    it('passes nothing of other channels, nor after the end, and ends one listener at a time', async () => {
      const first: string[] = [];
      const second: string[] = [];
      const stop = await other!.subscribe(channel, (message) => first.push(message));
      await other!.subscribe(channel, (message) => second.push(message));
      await one!.publish(`${channel}:else`, 'not ours');
      await one!.publish(channel, '1');
      await heardAll(first, '1');
      await stop();
      await stop();
      await one!.publish(channel, '2');
      expect(await heardAll(second, '2')).toEqual(['1', '2']);
      expect(first).toEqual(['1']);
    });

    it('hears a channel again that it had left', async () => {
      const stop = await other!.subscribe(channel, () => {});
      const leaving = stop();
      const heard: string[] = [];
      await other!.subscribe(channel, (message) => heard.push(message));
      await leaving;
      await one!.publish(channel, 'again');
      expect(await heardAll(heard, 'again')).toEqual(['again']);
    });

    it('publishes to nobody, and can be reached', async () => {
      await one!.publish(channel, 'nobody');
      await one!.ping();
      await other!.ping();
    });

    it('goes on when a listener throws', async () => {
      const heard: string[] = [];
      await other!.subscribe(channel, () => {
        throw new Error('a listener failed');
      });
      await other!.subscribe(channel, (message) => heard.push(message));
      await one!.publish(channel, '1');
      expect(await heardAll(heard, '1')).toEqual(['1']);
    });
  });
}
