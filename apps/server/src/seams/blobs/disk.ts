/**
 * Files in a folder. A key is never a path: it becomes the name of one file, in one of 256 folders by its hash. A file
 * is written under a temporary name, brought to the disk, and then renamed, so that a key has all of it or nothing.
 */
import { createHash, randomUUID } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { access, mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { digesting } from './digest.ts';
import { requireKey } from './keys.ts';
import type { Blobs } from './port.ts';

const TEMPORARY = 'unfinished';

const missing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Null when the file or folder is not there. */
async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (missing(error)) return null;
    throw error;
  }
}

/** Makes a rename in the folder survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @param root made when absent */
export function diskBlobs(root: string): Blobs {
  const temporary = join(root, TEMPORARY);
  const place = (key: string) => {
    const shard = createHash('sha256').update(requireKey(key)).digest('hex').slice(0, 2);
    const folder = join(root, shard);
    return { folder, file: join(folder, key.replaceAll('/', '_')) };
  };

  return {
    adapter: 'disk',
    async put(key, body) {
      const { folder, file } = place(key);
      const unfinished = join(temporary, randomUUID());
      const digest = digesting();
      try {
        // Each time: a disk that is not mounted now may be there for the next upload.
        await mkdir(temporary, { recursive: true, mode: 0o700 });
        await pipeline(body, digest.pass, createWriteStream(unfinished, { mode: 0o600, flush: true }));
        if (await mkdir(folder, { recursive: true, mode: 0o700 })) await syncFolder(root);
        await rename(unfinished, file);
        await syncFolder(folder);
      } catch (error) {
        body.destroy();
        await rm(unfinished, { force: true });
        throw error;
      }
      return digest.stored();
    },
    async get(key, range) {
      const handle = await unlessMissing(open(place(key).file));
      return handle?.createReadStream(range) ?? null;
    },
    async delete(key) {
      await rm(place(key).file, { force: true });
    },
    async *list(prefix) {
      const start = prefix.replaceAll('/', '_');
      for (const shard of (await unlessMissing(readdir(root))) ?? []) {
        if (shard === TEMPORARY) continue;
        for await (const { name } of await opendir(join(root, shard))) {
          if (!name.startsWith(start)) continue;
          const found = await unlessMissing(stat(join(root, shard, name)));
          if (found) yield { key: name.replaceAll('_', '/'), size: found.size, modifiedAt: found.mtimeMs };
        }
      }
    },
    async removeUnfinished(_prefix, before) {
      let removed = 0;
      for (const name of (await unlessMissing(readdir(temporary))) ?? []) {
        const file = join(temporary, name);
        const found = await unlessMissing(stat(file));
        // Nobody else puts folders here: one is not ours to remove.
        if (!found?.isFile() || found.mtimeMs >= before) continue;
        await rm(file, { force: true });
        removed += 1;
      }
      return removed;
    },
    link: async () => null,
    async ping() {
      await mkdir(root, { recursive: true, mode: 0o700 });
      await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
    },
    close: async () => {},
  };
}
