/** What every adapter of the blobs seam must do; run from <adapter>.test.ts. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../ids.ts';
import type { Blobs } from './port.ts';

const MB = 1024 * 1024;
const OCTETS = { contentType: 'application/octet-stream' };

/** Bytes in chunks as a connection brings them. */
function* chunksOf(bytes: Buffer, size = 65_536): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** @param open gives a store whose files nobody else uses */
export function blobsContract(name: string, open: () => Promise<Blobs>): void {
  describe(`blobs: ${name}`, () => {
    let blobs: Blobs;
    const folder = newId();
    const newKey = () => `test/${folder}/${newId()}`;
    const keys = async (prefix: string) => {
      const found = [];
      for await (const blob of blobs.list(prefix)) found.push(blob);
      return found;
    };
    const put = (key: string, bytes: Buffer) =>
      blobs.put(key, Readable.from(chunksOf(bytes), { objectMode: false }), OCTETS);
    const read = async (key: string, range?: { start: number; end: number }) => {
      const body = await blobs.get(key, range);
      return body && buffer(body);
    };

    beforeAll(async () => {
      blobs = await open();
      await blobs.ping();
    });
    afterAll(() => blobs.close());

    it.each([
      ['nothing', 0],
      ['a byte', 1],
      ['one part exactly', 5 * MB],
      ['several parts', 12 * MB + 345],
    ])('gives back %s as it came, with its size and hash', async (_name, size) => {
      const [key, bytes] = [newKey(), randomBytes(size)];
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(await put(key, bytes)).toEqual({ size, sha256 });
      expect((await read(key))?.equals(bytes)).toBe(true);
    });

    it('gives a range, both ends included', async () => {
      const [key, bytes] = [newKey(), randomBytes(1000)];
      await put(key, bytes);
      expect(await read(key, { start: 0, end: 0 })).toEqual(bytes.subarray(0, 1));
      expect(await read(key, { start: 990, end: 999 })).toEqual(bytes.subarray(990));
    });

    it('has nothing under a key that was never stored or was deleted', async () => {
      const key = newKey();
      expect(await blobs.get(key)).toBeNull();
      await blobs.delete(key);
      await put(key, Buffer.from('x'));
      await blobs.delete(key);
      expect(await blobs.get(key)).toBeNull();
      expect(await keys(key)).toEqual([]);
    });

    it.each([
      ['at once', 0],
      ['after some parts', 11 * MB],
    ])('keeps nothing of a stream that fails %s', async (_name, size) => {
      const key = newKey();
      const failing = Readable.from(
        (async function* () {
          yield* chunksOf(randomBytes(size));
          throw new Error('the sender went away');
        })(),
      );
      await expect(blobs.put(key, failing, OCTETS)).rejects.toThrow('the sender went away');
      expect(await blobs.get(key)).toBeNull();
      expect(await keys(key)).toEqual([]);
    });

    it('lists what begins with a prefix, with size and time', async () => {
      const prefix = `test/${newId()}`;
      await put(`${prefix}/a`, Buffer.alloc(10));
      await put(`${prefix}/b`, Buffer.alloc(20));
      const found = (await keys(`${prefix}/`)).sort((a, b) => a.size - b.size);
      expect(found.map(({ key, size }) => [key, size])).toEqual([
        [`${prefix}/a`, 10],
        [`${prefix}/b`, 20],
      ]);
      for (const { modifiedAt } of found) expect(Math.abs(modifiedAt - Date.now())).toBeLessThan(600_000);
      expect(await keys(`test/${newId()}/`)).toEqual([]);
    });

    it('keeps files apart that are written at once', async () => {
      const files = Array.from({ length: 6 }, () => ({ key: newKey(), bytes: randomBytes(MB) }));
      await Promise.all(files.map(({ key, bytes }) => put(key, bytes)));
      for (const { key, bytes } of files) expect((await read(key))?.equals(bytes)).toBe(true);
    });

    it('removes what was begun before a time and not finished, and nothing else', async () => {
      const key = newKey();
      const [stored, slow] = [newKey(), new PassThrough()];
      await put(stored, Buffer.from('x'));
      const result = blobs.put(key, slow, OCTETS).then(
        () => 'stored',
        () => 'refused',
      );
      const begun = (async () => {
        for (const chunk of chunksOf(Buffer.alloc(11 * MB)))
          if (!slow.write(chunk)) await once(slow, 'drain');
      })();
      await begun;
      const prefix = `test/${folder}/`;
      const remove = (before: number) => blobs.removeUnfinished(prefix, before);
      expect(await remove(Date.now() - 600_000)).toBe(0);
      await expect.poll(() => remove(Date.now() + 600_000), { timeout: 10_000 }).toBe(1);
      expect(await remove(Date.now() + 600_000)).toBe(0);
      slow.end();
      expect(await result).toBe('refused');
      expect(await blobs.get(key)).toBeNull();
      expect(await read(stored)).toEqual(Buffer.from('x'));
    });

    it.each(['', '..', '../a', 'a/../b', '/a', 'a//b', 'a\\b', 'a\0b', 'a.b', 'a_b', 'a'.repeat(300)])(
      'takes no %j for a key',
      async (key) => {
        await expect(put(key, Buffer.from('x'))).rejects.toThrow(RangeError);
        await expect(blobs.get(key)).rejects.toThrow(RangeError);
        await expect(blobs.delete(key)).rejects.toThrow(RangeError);
      },
    );
  });
}
