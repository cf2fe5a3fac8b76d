import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Attachment } from '@mozarela/contract/attachments';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Problem } from '@mozarela/contract/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytes, jpeg, pdf, png } from '../../../test/files.ts';
import { type App, startApp, type Vet } from '../../../test/harness.ts';

const MB = 1024 * 1024;
const NOTE = { species: 'dog', clinicalSigns: 'Lame on the left foreleg.' };

type File = [name: string, content: Buffer, type?: string];
type List = { items: Attachment[] };

const formOf = (...files: File[]): FormData => {
  const form = new FormData();
  for (const [name, content, type = 'image/png'] of files)
    form.append('files', new Blob([new Uint8Array(content)], { type }), name);
  return form;
};

describe('attachments', () => {
  let app: App;
  let vet: Vet;
  let stranger: Vet;

  beforeAll(async () => {
    app = await startApp();
    vet = await app.vet();
    stranger = await app.vet();
  });
  afterAll(() => app.close(), 20_000);

  const newCase = async () => (await vet.post<CaseRecord>('/api/cases', NOTE)).body;
  const upload = <Body = List>(caseId: string, ...files: File[]) =>
    vet.post<Body>(`/api/cases/${caseId}/attachments`, formOf(...files));
  const add = async (caseId: string, ...files: File[]) => {
    const { status, body } = await upload(caseId, ...files);
    expect(status).toBe(201);
    return body.items;
  };
  const headersOf = () => ({
    Cookie: [...vet.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'X-CSRF-Token': vet.csrfToken,
  });
  const read = async (id: string, headers: Record<string, string> = {}, query = '') => {
    const answer = await fetch(`${app.url}/api/attachments/${id}${query}`, {
      headers: { ...headersOf(), ...headers },
    });
    return {
      status: answer.status,
      headers: answer.headers,
      bytes: Buffer.from(await answer.arrayBuffer()),
    };
  };
  const stored = () => app.files.list();

  it('keeps several files of a request, shows them in the case, in its export and its history', async () => {
    const { id } = await newCase();
    const photo = jpeg(1200, 800, 100_000);
    const added = await add(
      id,
      ['paw.jpg', photo],
      ['lab.pdf', pdf(), 'application/pdf'],
      ['cbc.csv', bytes('a,b')],
    );
    expect(added).toMatchObject([
      { name: 'paw.jpg', contentType: 'image/jpeg', size: photo.length, width: 1200, height: 800 },
      { name: 'lab.pdf', contentType: 'application/pdf', width: null, height: null },
      { name: 'cbc.csv', contentType: 'text/csv; charset=utf-8' },
    ]);
    expect(added[0]).toMatchObject({
      sha256: createHash('sha256').update(photo).digest('hex'),
      createdBy: { id: vet.user.id },
    });
    const record = (await vet.get<CaseRecord>(`/api/cases/${id}`)).body;
    expect(record).toMatchObject({ attachments: added, version: 4 });
    const exported = (await vet.get<CaseRecord[]>('/api/cases/export?format=json')).body;
    expect(exported.find((one) => one.id === id)?.attachments).toEqual(added);
    const events = (await vet.get<{ items: { type: string }[] }>(`/api/cases/${id}/events`)).body.items;
    expect(events.map(({ type }) => type)).toEqual([...Array(3).fill('attachment.added'), 'case.created']);
  });

  it('gives a file back as it came, with headers that let a browser show it and nothing more', async () => {
    const { id } = await newCase();
    const content = png(10, 10, 100_000);
    const [file] = await add(id, ['Röntgen "links".png', content]);
    const answer = await read(file!.id);
    expect(answer.status).toBe(200);
    expect(answer.bytes.equals(content)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(content.length),
      'content-disposition': `inline; filename="R_ntgen _links_.png"; filename*=UTF-8''R%C3%B6ntgen%20_links_.png`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'private, no-cache',
      etag: `"${file!.sha256}"`,
      'accept-ranges': 'bytes',
    });
    const saved = await read(file!.id, {}, '?download=1');
    expect(saved.headers.get('Content-Disposition')).toMatch(/^attachment; /);
  });

  it('gives ranges, and says when nothing has changed', async () => {
    const { id } = await newCase();
    const content = png(10, 10, 1000);
    const [file] = await add(id, ['a.png', content]);
    const { size, sha256 } = file!;
    const part = async (range: string, more = {}) => {
      const answer = await read(file!.id, { Range: range, ...more });
      return [answer.status, answer.headers.get('Content-Range'), answer.bytes];
    };
    expect(await part('bytes=0-3')).toEqual([206, `bytes 0-3/${size}`, content.subarray(0, 4)]);
    expect(await part('bytes=10-')).toEqual([206, `bytes 10-${size - 1}/${size}`, content.subarray(10)]);
    expect(await part('bytes=-5')).toEqual([
      206,
      `bytes ${size - 5}-${size - 1}/${size}`,
      content.subarray(-5),
    ]);
    expect(await part('bytes=0-99999')).toEqual([206, `bytes 0-${size - 1}/${size}`, content]);
    expect((await part(`bytes=${size}-`)).slice(0, 2)).toEqual([416, `bytes */${size}`]);
    expect((await part('bytes=-0')).slice(0, 2)).toEqual([416, `bytes */${size}`]);
    expect((await part('bytes=0-1,4-5'))[0]).toBe(200);
    expect((await part('bytes=0-3', { 'If-Range': '"other"' }))[0]).toBe(200);
    expect((await part('bytes=0-3', { 'If-Range': `"${sha256}"` }))[0]).toBe(206);
    expect((await read(file!.id, { 'If-None-Match': `"${sha256}"` })).status).toBe(304);
    expect((await read(file!.id, { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it('is not found for another clinic, before anything else is looked at', async () => {
    const { id } = await newCase();
    const [file] = await add(id, ['a.png', png(1, 1)]);
    const sent = await stranger.post(`/api/cases/${id}/attachments`, 'not even a form');
    const answers = await Promise.all([
      stranger.get(`/api/attachments/${file!.id}`, { headers: { Range: 'bytes=999-' } }),
      stranger.get(`/api/attachments/${file!.id}?nonsense=1`),
      stranger.delete(`/api/attachments/${file!.id}`),
    ]);
    expect([sent, ...answers].map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await app.client().get(`/api/attachments/${file!.id}`)).status).toBe(401);
    expect((await read(file!.id)).status).toBe(200);
  });

  it('needs the CSRF token', async () => {
    const { id } = await newCase();
    const forged = { headers: { 'X-CSRF-Token': 'x' } };
    expect(
      (await vet.post(`/api/cases/${id}/attachments`, formOf(['a.png', png(1, 1)]), forged)).status,
    ).toBe(403);
  });

  it('removes a file, which is then gone for everybody', async () => {
    const { id } = await newCase();
    const [first, second] = await add(id, ['a.png', png(1, 1)], ['b.png', png(2, 2)]);
    expect((await vet.delete(`/api/attachments/${first!.id}`)).status).toBe(204);
    expect((await read(first!.id, { 'If-None-Match': `"${first!.sha256}"` })).status).toBe(404);
    expect((await vet.delete(`/api/attachments/${first!.id}`)).status).toBe(404);
    expect((await vet.get<CaseRecord>(`/api/cases/${id}`)).body.attachments).toEqual([second]);
  });

  it('is locked with the record, and gone with a deleted case', async () => {
    const { id } = await newCase();
    const [file] = await add(id, ['a.png', png(1, 1)]);
    await vet.delete(`/api/cases/${id}`);
    expect((await read(file!.id)).status).toBe(404);
    expect((await upload(id, ['b.png', png(1, 1)])).status).toBe(404);
    const { version } = (await vet.post<CaseRecord>(`/api/cases/${id}/restore`)).body;
    await vet.post(`/api/cases/${id}/sign`, undefined, { headers: { 'If-Match': `"${version}"` } });
    const before = await stored();
    expect((await upload(id, ['b.png', png(1, 1)])).status).toBe(423);
    expect((await vet.delete(`/api/attachments/${file!.id}`)).status).toBe(423);
    expect((await read(file!.id)).status).toBe(200);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['HTML called a picture', ['x.png', bytes('<html>')], 415, /HTML, SVG and XML/],
    ['a script in a PDF', ['x.pdf', pdf('<< /JS (x) >>')], 422, /contains scripts/],
    ['an image too large to show', ['x.png', png(50_000, 50_000)], 422, /too large to be shown/],
    ['an empty file', ['x.png', Buffer.alloc(0)], 422, /empty/],
    ['a file over 25 MB', ['x.png', png(1, 1, 25 * MB)], 413, /25 MB at most/],
  ] as [string, File, number, RegExp][])(
    'refuses %s with its reason, and keeps none of the request',
    async (_name, file, status, reason) => {
      const { id } = await newCase();
      const before = await stored();
      const answer = await upload<Problem>(id, ['good.png', png(1, 1)], file, ['later.png', png(1, 1)]);
      expect(answer.status).toBe(status);
      expect(answer.body.detail).toMatch(status === 422 && !answer.body.detail ? /./ : reason);
      expect(answer.body.errors).toEqual([{ path: 'files.1', message: expect.stringMatching(reason) }]);
      expect(await stored()).toEqual(before);
      expect((await vet.get<CaseRecord>(`/api/cases/${id}`)).body).toMatchObject({
        attachments: [],
        version: 1,
      });
    },
  );

  it('takes exactly 25 MB', async () => {
    const { id } = await newCase();
    const [file] = await add(id, ['x.png', png(1, 1, 25 * MB - png(1, 1).length)]);
    expect(file!.size).toBe(25 * MB);
  });

  it('takes ten files a case, however they come', async () => {
    const { id } = await newCase();
    const files = (count: number) => Array.from({ length: count }, (_, i): File => [`${i}.png`, png(1, 1)]);
    expect((await upload<Problem>(id, ...files(11))).body).toMatchObject({
      status: 422,
      errors: [{ path: 'files', message: 'takes 10 files at most' }],
    });
    await add(id, ...files(8));
    const before = await stored();
    const answer = await upload<Problem>(id, ...files(3));
    expect(answer.body).toMatchObject({
      status: 422,
      errors: [{ path: 'files', message: 'A case takes 10 files; this one has 8.' }],
    });
    expect(await stored()).toEqual(before);
    await add(id, ...files(2));
  });

  it.each([
    ['JSON', '{}', 415, 'unsupported_media_type'],
    ['a form without files', new FormData(), 422, 'validation_failed'],
  ])('refuses %s', async (_name, body, status, code) => {
    const { id } = await newCase();
    const answer = await vet.post(`/api/cases/${id}/attachments`, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('refuses another field and a broken form', async () => {
    const { id } = await newCase();
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(png(1, 1))]), 'a.png');
    expect((await vet.post(`/api/cases/${id}/attachments`, form)).body).toMatchObject({
      status: 422,
      errors: [{ path: 'file' }],
    });
    const broken = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n\x89PNG';
    for (const type of ['multipart/form-data; boundary=x', 'multipart/form-data'])
      expect(
        await vet.post(`/api/cases/${id}/attachments`, broken, { headers: { 'Content-Type': type } }),
      ).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  });

  it('gives a repeated request its first answer and keeps no second copy', async () => {
    const { id } = await newCase();
    const again = { headers: { 'Idempotency-Key': 'once-1' } };
    const path = `/api/cases/${id}/attachments`;
    const first = await vet.post<List>(path, formOf(['a.png', png(3, 3)]), again);
    const before = await stored();
    const second = await vet.post<List>(path, formOf(['a.png', png(3, 3)]), again);
    expect(second.body).toEqual(first.body);
    expect(await stored()).toEqual(before);
    expect((await vet.post(path, formOf(['a.png', png(4, 4)]), again)).status).toBe(409);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['../../etc/passwd', 'passwd.png'],
    ['C:\\photos\\paw.png', 'paw.png'],
    ['photo.exe', 'photo.exe.png'],
    ['a\u202egnp.exe', 'agnp.exe.png'],
    ['paw<b>.png', 'paw_b_.png'],
    ['犬.png', '犬.png'],
    [`${'x'.repeat(300)}.png`, `${'x'.repeat(196)}.png`],
  ])('makes the name %j safe', async (sent, kept) => {
    const { id } = await newCase();
    const [file] = await add(id, [sent, png(1, 1)]);
    expect(file!.name).toBe(kept);
    expect((await read(file!.id)).status).toBe(200);
  });

  it('takes uploads at once, each to its own case', async () => {
    const cases = await Promise.all(Array.from({ length: 8 }, newCase));
    const contents = cases.map(() => png(5, 5, MB + Number(randomBytes(2).readUInt16BE())));
    const added = await Promise.all(cases.map(({ id }, i) => add(id, ['a.png', contents[i]!])));
    for (const [i, [file]] of added.entries())
      expect((await read(file!.id)).bytes.equals(contents[i]!)).toBe(true);
  });

  it('takes files added to one case at once, each of them', async () => {
    const { id } = await newCase();
    await Promise.all(Array.from({ length: 5 }, (_, i) => add(id, [`${i}.png`, png(1, 1)])));
    const { attachments } = (await vet.get<CaseRecord>(`/api/cases/${id}`)).body;
    expect(attachments.map(({ name }) => name).sort()).toEqual(['0.png', '1.png', '2.png', '3.png', '4.png']);
  });

  const PART = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n';
  const END = '\r\n--x--\r\n';

  /** A connection that has begun to send one file of an upload of so many bytes. */
  function begin(caseId: string, length: number): Socket {
    const { port, hostname } = new URL(app.instanceUrl);
    const socket = connect(Number(port), hostname);
    const headers = Object.entries({
      ...headersOf(),
      Host: 'localhost',
      'Content-Type': 'multipart/form-data; boundary=x',
      'Content-Length': String(PART.length + length + END.length),
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST /api/cases/${caseId}/attachments HTTP/1.1\r\n${headers.join('')}\r\n${PART}`);
    return socket;
  }

  it('refuses 200 MB at its limit, lets the sender finish, and serves the connection on', async () => {
    const { id } = await newCase();
    const before = await stored();
    const socket = begin(id, 200 * MB);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    await pipeline(
      async function* () {
        yield png(1, 1);
        for (let sent = 1; sent < 200; sent += 1) yield Buffer.alloc(MB);
        yield Buffer.alloc(MB - png(1, 1).length);
        yield `${END}GET /_health HTTP/1.1\r\nHost: localhost\r\n\r\n`;
      },
      socket,
      { end: false },
    );
    await expect.poll(() => answer, { timeout: 10_000 }).toMatch(/"status":"ok"/);
    expect(answer).toMatch(/^HTTP\/1.1 413 .*"code":"payload_too_large".*"path":"files.0".*HTTP\/1.1 200 /s);
    socket.destroy();
    expect(await stored()).toEqual(before);
  });

  it('keeps nothing of an upload that is cut off', async () => {
    const { id } = await newCase();
    const before = await stored();
    const socket = begin(id, 20 * MB);
    socket.write(png(1, 1, 3 * MB));
    const arrived = async () => (await stored()).length > before.length || app.files.hidesParts;
    await expect.poll(arrived, { timeout: 10_000 }).toBe(true);
    socket.destroy();
    const aborted = () => app.logs.some((line) => /attachments.*"aborted":true/.test(line));
    await expect.poll(aborted, { timeout: 10_000 }).toBe(true);
    await expect.poll(stored, { timeout: 10_000 }).toEqual(before);
    expect((await vet.get<CaseRecord>(`/api/cases/${id}`)).body.attachments).toEqual([]);
  });

  it('says so when the store has lost a file', async () => {
    const { id } = await newCase();
    const [file] = await add(id, ['a.png', png(1, 1)]);
    const name = (await stored()).find((one) => one.endsWith(file!.id))!;
    await app.files.remove(name);
    expect((await read(file!.id)).status).toBe(410);
  });

  it('never writes the name of a file to the log', () => {
    expect(app.logs.join('\n')).not.toMatch(/paw|Röntgen|passwd/);
  });
});
