import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { blobsContract } from './contract.ts';
import { diskBlobs } from './disk.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mozarela-blobs-'));
  folders.push(folder);
  return folder;
}
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

blobsContract('disk', async () => diskBlobs(join(await newFolder(), 'blobs')));

describe('files on disk', () => {
  it('leaves no unfinished file when a stream fails', async () => {
    const root = await newFolder();
    const failing = new Readable({ read: () => failing.destroy(new Error('cut')) });
    await expect(diskBlobs(root).put('a', failing, { contentType: 'text/plain' })).rejects.toThrow('cut');
    expect(await readdir(join(root, 'unfinished'))).toEqual([]);
  });

  it('removes what a killed process left, once it is old', async () => {
    const root = await newFolder();
    const [old, young] = [join(root, 'unfinished', 'old'), join(root, 'unfinished', 'young')];
    await mkdir(join(root, 'unfinished'));
    for (const file of [old, young]) await writeFile(file, 'half');
    await utimes(old, 1, 1);
    expect(await diskBlobs(root).removeUnfinished('', Date.now() - 60_000)).toBe(1);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });

  it('works again once the disk does', async () => {
    const root = join(await newFolder(), 'mounted-later');
    await writeFile(root, 'in the way');
    const blobs = diskBlobs(root);
    const store = () => blobs.put('a', Readable.from([Buffer.from('x')]), { contentType: 'text/plain' });
    await expect(store()).rejects.toThrow();
    await rm(root);
    expect(await store()).toMatchObject({ size: 1 });
    await rm(root, { recursive: true });
    expect(await store()).toMatchObject({ size: 1 });
  });

  it('has nothing unfinished before its first file', async () => {
    expect(await diskBlobs(join(await newFolder(), 'blobs')).removeUnfinished('', Date.now())).toBe(0);
  });

  it('has no links', async () => {
    const options = { ttlMs: 1000, contentType: 'text/plain', disposition: 'inline' };
    expect(await diskBlobs(await newFolder()).link('a', options)).toBeNull();
  });
});
