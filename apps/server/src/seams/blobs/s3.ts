/** Files in a bucket of an S3-compatible store. */
import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Parts } from '../../config/parts.ts';
import { digesting } from './digest.ts';
import { requireKey } from './keys.ts';
import { type Blobs, BlobsUnavailable } from './port.ts';

/** The smallest part that S3 takes, and all that an upload holds in memory. */
const PART_BYTES = 5 * 1024 * 1024;
const CONNECT_MS = 2_000;
/** A store that has not begun to answer by then counts as dead. */
const ANSWER_MS = 5_000;
/** The same for a request that brings a part over a slow line. */
const PART_ANSWER_MS = 10_000;
/** A slow reader may pause an answer that has begun for so long. */
const PAUSE_MS = 60_000;
const ATTEMPTS = 2;

type Settings = Omit<S3Parts, 'publicEndpoint'>;

function clientOf({ endpoint, region, accessKeyId, secretAccessKey }: Settings): S3Client {
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    maxAttempts: ATTEMPTS,
    // Stores that are not Amazon's know nothing of the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
      socketTimeout: PAUSE_MS,
    },
  });
  // Around everything that a command does, its repeats included.
  client.middlewareStack.add((next) => (args) => next(args).catch(asUnavailable), { step: 'initialize' });
  return client;
}

/** That there is no such file is an answer; everything else is the store's failure. */
function asUnavailable(error: unknown): never {
  throw error instanceof NoSuchKey ? error : new BlobsUnavailable(error);
}

/** Cuts a stream into parts of `PART_BYTES`, the last one shorter. All use the same memory: one at a time. */
async function* partsOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<{ part: Buffer; last: boolean }> {
  const buffer = Buffer.allocUnsafeSlow(PART_BYTES);
  let filled = 0;
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; ) {
      // A full part goes only when more follows, so that the last one is known to be the last.
      if (filled === PART_BYTES) {
        yield { part: buffer, last: false };
        filled = 0;
      }
      const taken = chunk.subarray(from, from + PART_BYTES - filled);
      buffer.set(taken, filled);
      filled += taken.length;
      from += taken.length;
    }
  }
  yield { part: buffer.subarray(0, filled), last: true };
}

type Target = { Bucket: string; Key: string };

/** One request for a small file, parts for others; a failure leaves nothing. */
async function upload(
  client: S3Client,
  target: Target,
  ContentType: string,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  let UploadId: string | undefined;
  const Parts: { PartNumber: number; ETag?: string }[] = [];
  const patience = { requestTimeout: PART_ANSWER_MS };
  try {
    for await (const { part: Body, last } of partsOf(source)) {
      if (last && !UploadId) {
        await client.send(new PutObjectCommand({ ...target, ContentType, Body }), patience);
        return;
      }
      UploadId ??= (await client.send(new CreateMultipartUploadCommand({ ...target, ContentType }))).UploadId;
      const PartNumber = Parts.length + 1;
      const command = new UploadPartCommand({ ...target, UploadId, PartNumber, Body });
      const { ETag } = await client.send(command, patience);
      Parts.push({ PartNumber, ETag });
    }
    await client.send(
      new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }),
    );
  } catch (error) {
    // When the store itself is gone this fails too: the first error is the one to tell.
    if (UploadId)
      await client.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined);
    throw error;
  }
}

/** Every upload in parts that is neither complete nor aborted. */
async function* openUploads(client: S3Client, Bucket: string, Prefix: string) {
  let [KeyMarker, UploadIdMarker]: (string | undefined)[] = [];
  do {
    const page: ListMultipartUploadsCommandOutput = await client.send(
      new ListMultipartUploadsCommand({ Bucket, Prefix, KeyMarker, UploadIdMarker }),
    );
    yield* page.Uploads ?? [];
    [KeyMarker, UploadIdMarker] = page.IsTruncated ? [page.NextKeyMarker, page.NextUploadIdMarker] : [];
  } while (KeyMarker);
}

export function s3Blobs({ publicEndpoint, ...settings }: S3Parts): Blobs {
  const client = clientOf(settings);
  const signer = publicEndpoint === null ? null : clientOf({ ...settings, endpoint: publicEndpoint });
  const Bucket = settings.bucket;
  const target = (key: string): Target => ({ Bucket, Key: requireKey(key) });

  return {
    adapter: 's3',
    async put(key, body, { contentType }) {
      const digest = digesting();
      try {
        await upload(client, target(key), contentType, digest.pass(body));
      } catch (error) {
        body.destroy();
        throw error;
      }
      return digest.stored();
    },
    async get(key, range) {
      const Range = range && `bytes=${range.start}-${range.end}`;
      try {
        const { Body } = await client.send(new GetObjectCommand({ ...target(key), Range }));
        return Body as Readable;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },
    async delete(key) {
      await client.send(new DeleteObjectCommand(target(key)));
    },
    async *list(prefix) {
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken }),
        );
        for (const { Key, Size = 0, LastModified } of page.Contents ?? [])
          if (Key) yield { key: Key, size: Size, modifiedAt: LastModified?.getTime() ?? 0 };
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
    },
    async removeUnfinished(prefix, before) {
      let removed = 0;
      for await (const { Key, UploadId, Initiated } of openUploads(client, Bucket, prefix)) {
        if (!Initiated || Initiated.getTime() >= before) continue;
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        removed += 1;
      }
      return removed;
    },
    async link(key, { ttlMs, contentType, disposition }) {
      if (!signer) return null;
      const command = new GetObjectCommand({
        ...target(key),
        ResponseContentType: contentType,
        ResponseContentDisposition: disposition,
      });
      return getSignedUrl(signer, command, { expiresIn: Math.ceil(ttlMs / 1000) });
    },
    async ping() {
      await client.send(new HeadBucketCommand({ Bucket }));
    },
    async close() {
      client.destroy();
      signer?.destroy();
    },
  };
}
