/** Files from one store into another: each is read back and compared before it counts as moved. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Blobs } from '../../seams/blobs/port.ts';
import type { Database } from '../../seams/database/port.ts';
import { MOVE, readProgress, writeProgress } from './progress.ts';

const SHOWN = 20;
/** The store's own note; whoever downloads a file gets the type that the database has. */
const CONTENT_TYPE = 'application/octet-stream';

export type BlobSides = { source: Blobs; target: Blobs };

export type BlobResult = {
  files: number;
  bytes: number;
  /** Of all files: XOR of SHA-256 over key and content, so that the order of a listing does not matter. */
  checksum: string;
  targetFiles: number;
  targetChecksum: string;
  different: string[];
  equal: boolean;
};

async function sha256(body: Readable | null): Promise<string> {
  if (!body) return 'absent';
  const hash = createHash('sha256');
  for await (const chunk of body) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const stepOf = (key: string) => `file:${key}`;
const ALL = 'files';

/** Copies the files that were not copied yet; nothing once all of them were. */
export async function copyBlobs(
  { source, target }: BlobSides,
  database: Database,
  options: { now: () => number; progress(files: number): void },
): Promise<void> {
  if ((await readProgress(database.read(MOVE), ALL))?.done) return;
  let files = 0;
  for await (const { key, size } of source.list('')) {
    files += 1;
    const before = await readProgress(database.read(MOVE), stepOf(key));
    if (before?.done && before.lastKey?.[0] === size) continue;
    const body = await source.get(key);
    // Deleted since the listing began.
    if (!body) continue;
    const stored = await target.put(key, body, { contentType: CONTENT_TYPE });
    if ((await sha256(await target.get(key))) !== stored.sha256)
      throw new Error(`the file ${key} is not in the target as it was written`);
    const lastKey = [stored.size, stored.sha256];
    await database.write(MOVE, (trx) =>
      writeProgress(trx, stepOf(key), { lastKey, done: true }, options.now()),
    );
    options.progress(files);
  }
}

/** Notes that all files are there: later runs only compare. */
export const finishBlobs = (database: Database, now: number): Promise<void> =>
  database.write(MOVE, (trx) => writeProgress(trx, ALL, { lastKey: null, done: true }, now));

const combine = (sum: Buffer, key: string, content: string) => {
  const one = createHash('sha256').update(`${key}\0${content}`).digest();
  for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] as number) ^ (one[i] as number);
};

/** Compares every file by its content. Writes nothing. */
export async function verifyBlobs({ source, target }: BlobSides): Promise<BlobResult> {
  const sums = { source: Buffer.alloc(32), target: Buffer.alloc(32) };
  const different: string[] = [];
  let files = 0;
  let bytes = 0;
  for await (const { key, size } of source.list('')) {
    const own = await sha256(await source.get(key));
    const others = await sha256(await target.get(key));
    combine(sums.source, key, own);
    combine(sums.target, key, others);
    if (own !== others && different.length < SHOWN) different.push(key);
    files += 1;
    bytes += size;
  }
  let targetFiles = 0;
  for await (const _ of target.list('')) targetFiles += 1;
  const checksum = sums.source.toString('hex');
  const targetChecksum = sums.target.toString('hex');
  // The target's bucket may hold backups beside the files.
  const equal = checksum === targetChecksum && targetFiles >= files;
  return { files, bytes, checksum, targetFiles, targetChecksum, different, equal };
}

/** Counts the source's files. */
export async function inspectBlobs(source: Blobs): Promise<Pick<BlobResult, 'files' | 'bytes'>> {
  let files = 0;
  let bytes = 0;
  for await (const { size } of source.list('')) {
    files += 1;
    bytes += size;
  }
  return { files, bytes };
}
