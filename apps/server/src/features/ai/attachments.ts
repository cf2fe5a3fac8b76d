/**
 * Files of a case on their way to a provider, each only when it was named in the request: PDF and text as text, which
 * is redacted like the note; JPEG and PNG as pictures without their metadata. Read as streams, with bounds.
 */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Attachment } from '@mozarela/contract/attachments';
import type { AiAttachment } from '../../seams/ai/port.ts';
import type { Blobs } from '../../seams/blobs/port.ts';
import type { Executor } from '../../seams/database/port.ts';
import { pdfText } from './pdf-text.ts';
import { stripImage } from './strip-image.ts';

export type StoredAttachment = Attachment & { caseId: string; blobKey: string };

export type FindAttachment = (db: Executor, clinicId: string, id: string) => Promise<StoredAttachment | null>;

const MB = 1024 * 1024;
const MOST_BYTES = { image: 5 * MB, text: 10 * MB };
const MOST_CHARACTERS = 20_000;
/** Of one question, after their metadata went. */
export const MOST_IMAGE_BYTES = 12 * MB;

export type Sends = 'text' | 'image';

const KINDS: Record<string, Sends> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'application/pdf': 'text',
  'text/plain': 'text',
  'text/csv': 'text',
};

/** "text/csv; charset=utf-8", as uploads keep it, in its two parts. */
function typeOf(contentType: string): { type: string; charset: string } {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return { type, charset: charset?.slice('charset='.length) ?? 'utf-8' };
}

/** What can be told without reading the file: as what it would leave, or why it cannot. */
export function sendable({
  contentType,
  size,
}: Pick<Attachment, 'contentType' | 'size'>): { sends: Sends } | { sends: 'nothing'; reason: string } {
  const sends = KINDS[typeOf(contentType).type];
  if (!sends)
    return { sends: 'nothing', reason: 'Files of this kind are not sent: JPEG, PNG, PDF and text are.' };
  const most = MOST_BYTES[sends];
  return size <= most
    ? { sends }
    : { sends: 'nothing', reason: `It is too large to be sent: at most ${most / MB} MB.` };
}

/** What is said beside a picture before it leaves. */
export const IMAGE_WARNING =
  'Leaves as it looks: names, dates or addresses that can be seen in the picture, as in a photographed or scanned report, are not removed. Its hidden data (place, camera, captions) is.';

export type SentFile = { id: string; sha256: string } & (
  | { sends: 'text'; text: string }
  | { sends: 'image'; image: AiAttachment /** Of the picture as it leaves. */; imageHash: string }
  | { sends: 'nothing'; reason: string }
);

async function whole(body: Readable, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads one file. @throws BlobsUnavailable */
export async function readAttachment(blobs: Blobs, file: StoredAttachment): Promise<SentFile> {
  const { id, sha256, contentType, blobKey } = file;
  const nothing = (reason: string): SentFile => ({ id, sha256, sends: 'nothing', reason });
  const kind = sendable(file);
  if (kind.sends === 'nothing') return nothing(kind.reason);
  const body = await blobs.get(blobKey);
  const bytes = body && (await whole(body, MOST_BYTES[kind.sends]));
  if (!bytes) return nothing('The file is no longer in the store.');
  if (kind.sends === 'image') {
    const image = stripImage(bytes);
    if (!image) return nothing('It cannot be read as a picture, so its hidden data could not be removed.');
    const imageHash = createHash('sha256').update(image.bytes).digest('hex');
    return { id, sha256, sends: 'image', image, imageHash };
  }
  const { type, charset } = typeOf(contentType);
  const text =
    type === 'application/pdf' ? await pdfText(bytes) : new TextDecoder(charset).decode(bytes).trim();
  if (!text) return nothing('It has no text that can be read; a scan is only a picture of text.');
  return { id, sha256, sends: 'text', text: text.slice(0, MOST_CHARACTERS) };
}
