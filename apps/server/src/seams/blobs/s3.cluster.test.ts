import { Readable } from 'node:stream';
import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3 } from '../../../../../testbed/rgw.ts';
import { blobsContract } from './contract.ts';
import type { Blobs } from './port.ts';
import { BlobsUnavailable } from './port.ts';
import { s3Blobs } from './s3.ts';

let server: S3Server;
const open = (
  settings: { publicEndpoint?: string; endpoint?: string; secretAccessKey?: string } = {},
): Blobs =>
  s3Blobs({
    endpoint: server.endpoint,
    publicEndpoint: null,
    region: server.region,
    bucket: server.bucket,
    accessKeyId: server.accessKeyId,
    secretAccessKey: server.secretAccessKey,
    ...settings,
  });

beforeAll(async () => {
  server = await startS3();
});
afterAll(() => server?.dispose());

blobsContract('s3', async () => open());

describe('files in S3', () => {
  const text = { contentType: 'text/plain' };
  const link = { ttlMs: 60_000, contentType: 'image/png', disposition: 'inline; filename="a.png"' };

  it('leaves no parts of an upload that failed', async () => {
    const failing = Readable.from(
      (async function* () {
        for (let part = 0; part < 3; part += 1) yield Buffer.alloc(5 * 1024 * 1024);
        throw new Error('cut');
      })(),
    );
    await expect(open().put('parts', failing, text)).rejects.toThrow('cut');
    const { endpoint, region, bucket: Bucket, accessKeyId, secretAccessKey } = server;
    const credentials = { accessKeyId, secretAccessKey };
    const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []).toEqual([]);
    client.destroy();
  });

  it('links to the public endpoint with type and name, and to nothing once the link is old', async () => {
    const blobs = open({ publicEndpoint: server.endpoint.replace('127.0.0.1', 'localhost') });
    await blobs.put('linked', Readable.from([Buffer.from('hello')]), text);
    const url = await blobs.link('linked', link);
    expect(url).toMatch(/^http:\/\/localhost:\d+\//);
    const answer = await fetch(url!);
    expect(await answer.text()).toBe('hello');
    expect(answer.headers.get('Content-Type')).toBe('image/png');
    expect(answer.headers.get('Content-Disposition')).toBe('inline; filename="a.png"');
    const spoilt = new URL(url!);
    spoilt.searchParams.set('response-content-type', 'text/html');
    expect((await fetch(spoilt)).status).toBe(403);
    expect(await open().link('linked', link)).toBeNull();
    await blobs.close();
  });

  it('refuses a wrong secret', async () => {
    await expect(open({ secretAccessKey: 'wrong' }).ping()).rejects.toThrow();
  });

  it('fails within seconds while the store is down or frozen, and works again afterwards', async () => {
    const blobs = open();
    const put = () => blobs.put('waits', Readable.from([Buffer.from('x')]), text);
    await server.stop();
    await expect(put()).rejects.toThrow(BlobsUnavailable);
    await expect(blobs.ping()).rejects.toThrow(BlobsUnavailable);
    await server.start();
    await put();
    await server.freeze();
    await expect(put()).rejects.toThrow(BlobsUnavailable);
    await expect(blobs.get('waits')).rejects.toThrow(BlobsUnavailable);
    await server.unfreeze();
    await put();
    await blobs.close();
  });
});
