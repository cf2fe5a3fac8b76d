/** Files of cases with an object store: links for browsers, streams for scripts, and an outage. */
import type { Attachment } from '@mozarela/contract/attachments';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Problem } from '@mozarela/contract/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3 } from '../../../../../testbed/rgw.ts';
import { bytes, pdf, png } from '../../../test/files.ts';
import { type App, startApp, type Vet } from '../../../test/harness.ts';

describe('attachments in S3', () => {
  let s3: S3Server;
  let app: App;
  let vet: Vet;
  let caseId: string;

  beforeAll(async () => {
    s3 = await startS3();
    app = await startApp({
      S3_ENDPOINT: s3.endpoint,
      S3_PUBLIC_ENDPOINT: s3.endpoint.replace('127.0.0.1', 'localhost'),
      S3_REGION: s3.region,
      S3_BUCKET: s3.bucket,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    });
    vet = await app.vet();
    const note = { species: 'dog', clinicalSigns: 'Cough.' };
    caseId = (await vet.post<CaseRecord>('/api/cases', note)).body.id;
  });
  afterAll(async () => {
    await app?.close();
    await s3?.dispose();
  });

  const upload = <Body>(name: string, content: Buffer) => {
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(content)]), name);
    return vet.post<Body>(`/api/cases/${caseId}/attachments`, form);
  };
  const add = async (name: string, content: Buffer) => {
    const { status, body } = await upload<{ items: Attachment[] }>(name, content);
    expect(status).toBe(201);
    return body.items[0]!;
  };

  it('sends browsers to a link with the type and the name, and lets them show pictures from there', async () => {
    const content = png(20, 10, 12 * 1024 * 1024);
    const { id } = await add('Pfote.png', content);
    const answer = await vet.get(`/api/attachments/${id}`);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    const linked = await fetch(answer.headers.get('Location')!);
    expect(linked.headers.get('Content-Type')).toBe('image/png');
    expect(linked.headers.get('Content-Disposition')).toMatch(/^inline; filename="Pfote.png"/);
    expect(Buffer.from(await linked.arrayBuffer()).equals(content)).toBe(true);
    const csp = (await vet.get('/')).headers.get('Content-Security-Policy');
    expect(csp).toMatch(/img-src [^;]*http:\/\/localhost:\d+/);
  });

  it('streams to scripts that ask for it', async () => {
    const { id } = await add('lab.txt', bytes('ALT 340'));
    const whole = await vet.get<string>(`/api/attachments/${id}?direct=1`);
    expect([whole.status, whole.body]).toEqual([200, 'ALT 340']);
    const part = await vet.get<string>(`/api/attachments/${id}?direct=1`, {
      headers: { Range: 'bytes=4-5' },
    });
    expect([part.status, part.body]).toEqual([206, '34']);
  });

  it('keeps nothing of what is refused', async () => {
    const before = (await vet.get<CaseRecord>(`/api/cases/${caseId}`)).body.attachments;
    expect((await upload<Problem>('a.pdf', pdf('<< /JS (x) >>'))).status).toBe(422);
    expect((await upload<Problem>('a.png', png(1, 1, 26 * 1024 * 1024))).status).toBe(413);
    expect((await vet.get<CaseRecord>(`/api/cases/${caseId}`)).body.attachments).toEqual(before);
  });

  it('says that the store is away while it is, and goes on afterwards', async () => {
    const { id } = await add('before.txt', bytes('here'));
    await s3.stop();
    expect(await upload<Problem>('now.png', png(1, 1))).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
    });
    expect((await vet.get(`/api/attachments/${id}?direct=1`)).status).toBe(503);
    expect((await vet.get('/healthz')).body).toMatchObject({
      status: 'degraded',
      checks: { blobs: { status: 'down' } },
    });
    await s3.start();
    expect((await vet.get<string>(`/api/attachments/${id}?direct=1`)).body).toBe('here');
    await add('after.txt', bytes('again'));
  });
});
