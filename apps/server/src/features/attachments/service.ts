/** Files into the store and out of it. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type Attachment, MAX_FILES } from '@mozarela/contract/attachments';
import { AppError } from '../../http/errors.ts';
import type { IdempotencyClaim } from '../../http/once.ts';
import { type IncomingFile, uploadRefusal } from '../../http/upload.ts';
import { newId } from '../../ids.ts';
import type { Ports } from '../../ports.ts';
import { DatabaseUnavailable } from '../../seams/database/port.ts';
import { describeError } from '../../telemetry/log.ts';
import { inspect } from './inspect/inspect.ts';
import { FileRefused } from './inspect/kind.ts';
import { nameOf } from './naming.ts';

export type Actor = { userId: string; clinicId: string };

type StoredFile = Pick<Attachment, 'id' | 'name' | 'contentType' | 'size' | 'sha256' | 'width' | 'height'> & {
  blobKey: string;
};

/** How a case's record tells of its files; the feature of cases hands it over. */
export type CaseFiles = {
  recordAttachments(
    ports: Ports,
    actor: Actor,
    caseId: string,
    files: StoredFile[],
    options: { max: number; claim: IdempotencyClaim | null },
  ): Promise<Attachment[]>;
  recordRemoval(ports: Ports, actor: Actor, caseId: string, id: string): Promise<void>;
};

/** Where all attachments are; the clean-up looks here. */
export const BLOB_PREFIX = 'attachments/';

/** Stores one file; nothing stays of one that is refused or cut off. */
async function store(ports: Ports, clinicId: string, file: IncomingFile): Promise<StoredFile> {
  const id = newId(ports.now());
  const blobKey = `${BLOB_PREFIX}${clinicId}/${id}`;
  const { body, kind } = inspect(file.body, file.name);
  try {
    const stored = await ports.blobs.put(blobKey, body, { contentType: 'application/octet-stream' });
    const { contentType, width, height } = kind();
    return { id, blobKey, name: nameOf(file.name, contentType), contentType, width, height, ...stored };
  } catch (error) {
    throw refusal(ports, error, file);
  }
}

/** What a sender can do nothing about; operators find the reason in the log. */
function storeFailed({ log }: Ports, error: unknown): AppError {
  log.error({ error: describeError(error) }, 'the store of files failed');
  return new AppError('unavailable', {
    detail: 'The store of files does not answer at the moment. Try again in a minute.',
    cause: error,
  });
}

function refusal(ports: Ports, error: unknown, { index, body }: IncomingFile): AppError {
  if (error instanceof FileRefused) {
    const code = error.because === 'type' ? 'unsupported_media_type' : 'validation_failed';
    const errors = [{ path: `files.${index}`, message: error.message }];
    return new AppError(code, { detail: error.message, errors });
  }
  // Cut off or too large: the sender's doing. What is left is the store's.
  return body.errored ? uploadRefusal(body.errored) : storeFailed(ports, error);
}

/** Without a row a file is lost to everybody; if this fails, the daily clean-up finds it. */
async function discard({ blobs, log }: Ports, files: StoredFile[]): Promise<void> {
  for (const { blobKey } of files)
    await blobs.delete(blobKey).catch((error: unknown) => {
      log.warn({ error: describeError(error) }, 'a file that was not kept could not be deleted');
    });
}

/** The same files under the same names are the same request. */
function claimOf(claim: IdempotencyClaim | null, files: StoredFile[]): IdempotencyClaim | null {
  if (!claim) return null;
  const hash = createHash('sha256').update(claim.requestHash);
  for (const { name, sha256 } of files) hash.update(`\n${sha256} ${name}`);
  return { ...claim, requestHash: hash.digest('hex') };
}

/** Stores the files as they come and adds them to the case: all of them or none. */
export async function addAttachments(
  ports: Ports,
  { recordAttachments }: CaseFiles,
  actor: Actor,
  caseId: string,
  incoming: AsyncIterable<IncomingFile>,
  claim: IdempotencyClaim | null,
): Promise<Attachment[]> {
  const files: StoredFile[] = [];
  try {
    for await (const file of incoming) files.push(await store(ports, actor.clinicId, file));
    const own = new Set(files.map(({ id }) => id));
    const options = { max: MAX_FILES, claim: claimOf(claim, files) };
    const added = await recordAttachments(ports, actor, caseId, files, options);
    // A repeated request got its first answer: these copies are nobody's.
    if (!added.some(({ id }) => own.has(id))) await discard(ports, files);
    return added;
  } catch (error) {
    // When nobody knows whether the rows were written, the files stay: without rows the clean-up removes them.
    const unknown = error instanceof DatabaseUnavailable && error.outcome === 'unknown';
    if (!unknown) await discard(ports, files);
    throw error;
  }
}

/** @throws AppError gone when the store has lost the file, unavailable when it does not answer */
export async function open(
  ports: Ports,
  { id, blobKey }: { id: string; blobKey: string },
  range: { start: number; end: number } | null,
): Promise<Readable> {
  const body = await ports.blobs.get(blobKey, range ?? undefined).catch((error: unknown) => {
    throw storeFailed(ports, error);
  });
  if (body) return body;
  ports.log.error({ attachmentId: id }, 'the file of an attachment is missing');
  throw new AppError('gone', { detail: 'This file is no longer in the store. Tell your administrator.' });
}
