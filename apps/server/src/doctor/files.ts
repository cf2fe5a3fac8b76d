/** Files of cases. */
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { newId } from '../ids.ts';
import type { Blobs } from '../seams/blobs/port.ts';
import type { Check } from './check.ts';

const CONTENT = 'A file of the doctor; it may be deleted.';

async function roundTrip(blobs: Blobs): Promise<string> {
  await blobs.ping();
  const key = `doctor/${newId()}`;
  await blobs.put(key, Readable.from([Buffer.from(CONTENT)]), { contentType: 'text/plain' });
  try {
    const body = await blobs.get(key);
    if (!body || (await text(body)) !== CONTENT) throw new Error('a file that was written could not be read');
  } finally {
    await blobs.delete(key);
  }
  if (await blobs.get(key)) throw new Error('a file that was deleted is still there');
  return 'wrote, read and deleted a file';
}

const ADVICE: Record<string, string> = {
  disk: 'MOZARELA_DATA_DIR must be a folder that this user may write to, with room.',
  s3: 'Look at S3_ENDPOINT, S3_BUCKET, S3_REGION and the access key; the key must be allowed to put, get, list and delete.',
};

export const fileChecks = (blobs: Blobs): Check[] => [
  { part: 'files', adapter: blobs.adapter, advice: ADVICE[blobs.adapter] ?? '', run: () => roundTrip(blobs) },
];
