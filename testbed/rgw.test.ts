import { randomBytes } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type S3Server, startS3 } from './rgw.ts';

let s3: S3Server;
let client: S3Client;

function clientWith(secretAccessKey: string): S3Client {
  const credentials = { accessKeyId: s3.accessKeyId, secretAccessKey };
  return new S3Client({
    endpoint: s3.endpoint,
    region: s3.region,
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
  });
}

beforeAll(async () => {
  s3 = await startS3();
  client = clientWith(s3.secretAccessKey);
});
afterAll(async () => {
  client?.destroy();
  await s3?.dispose();
});

const read = async (Key: string) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: s3.bucket, Key }));
  return Buffer.from(await Body!.transformToByteArray());
};

test('a multipart upload comes back as it went', async () => {
  const at = { Bucket: s3.bucket, Key: 'scan.pdf' };
  const parts = [randomBytes(5 * 1024 * 1024), randomBytes(5 * 1024 * 1024), randomBytes(1234)];
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...at, ContentType: 'application/pdf' }),
  );
  const done = [];
  for (const [i, Body] of parts.entries()) {
    const PartNumber = i + 1;
    const { ETag } = await client.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body }));
    done.push({ PartNumber, ETag });
  }
  await client.send(
    new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts: done } }),
  );
  expect((await read('scan.pdf')).equals(Buffer.concat(parts))).toBe(true);
});

test('a wrong secret is refused, a stranger too', async () => {
  const wrong = clientWith('wrong');
  const put = new PutObjectCommand({ Bucket: s3.bucket, Key: 'no', Body: Buffer.from('no') });
  await expect(wrong.send(put)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  wrong.destroy();
  expect((await fetch(`${s3.endpoint}/${s3.bucket}/scan.pdf`)).status).toBe(403);
});

test('while the gateway is stopped S3 is down; afterwards the objects are there', async () => {
  await client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: 'kept', Body: Buffer.from('kept') }));
  await s3.stop();
  await expect(read('kept')).rejects.toThrow('ECONNREFUSED');
  await s3.start();
  expect((await read('kept')).toString()).toBe('kept');
  await s3.kill();
  await s3.start();
  expect((await read('kept')).toString()).toBe('kept');
});

test('a further bucket is empty', async () => {
  const Bucket = await s3.createBucket();
  expect((await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
});

test('a server given by the environment is used and never controlled', async () => {
  vi.stubEnv('TESTBED_S3_ENDPOINT', s3.endpoint);
  await expect(startS3()).rejects.toThrow('TESTBED_S3_ENDPOINT needs TESTBED_S3_ACCESS_KEY_ID beside it');
  vi.stubEnv('TESTBED_S3_ACCESS_KEY_ID', s3.accessKeyId);
  vi.stubEnv('TESTBED_S3_SECRET_ACCESS_KEY', s3.secretAccessKey);
  vi.stubEnv('TESTBED_S3_BUCKET', s3.bucket);
  const given = await startS3();
  vi.unstubAllEnvs();
  await given.createBucket();
  await expect(given.restart()).rejects.toThrow('not the test bed');
  await given.dispose();
  expect(s3.pid).toBeDefined();
});
