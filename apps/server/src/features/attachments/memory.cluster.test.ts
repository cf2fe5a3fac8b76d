/** How much memory the real program needs for a large upload, with files on disk and in S3. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerVet, type Vet } from '../../../../../e2e/support/vet.ts';
import { reservePort } from '../../../../../testbed/ports.ts';
import { startProgram } from '../../../../../testbed/program.ts';
import { type S3Server, startS3 } from '../../../../../testbed/rgw.ts';
import { png } from '../../../test/files.ts';

const MB = 1024 * 1024;
/** What the program may take on top, whatever is sent. */
const ALLOWED_MB = 10;

/** Sends a body in pieces and gives the status; what the server refuses early is sent to its end all the same. */
function send(url: string, vet: Vet, caseId: string, megabytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${url}/api/cases/${caseId}/attachments`, {
      method: 'POST',
      headers: {
        Cookie: vet.cookie,
        'X-CSRF-Token': vet.csrfToken,
        'Content-Type': 'multipart/form-data; boundary=x',
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
    });
    request.write('--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n');
    const head = png(1, 1);
    request.write(head);
    const piece = randomBytes(MB);
    let sent = 0;
    const more = (): void => {
      while (sent < megabytes) {
        // So that the file has its megabytes to the byte: 25 are allowed, no more.
        const next = sent === 0 ? piece.subarray(head.length) : piece;
        sent += 1;
        if (!request.write(next)) {
          request.once('drain', more);
          return;
        }
      }
      request.end('\r\n--x--\r\n');
    };
    more();
  });
}

/** The most memory that the process had since `forget`, in MB. */
async function peakMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

const forgetPeak = (pid: number) => writeFile(`/proc/${pid}/clear_refs`, '5');

for (const store of ['disk', 's3'] as const) {
  describe(`memory of an upload to ${store}`, () => {
    let s3: S3Server | null = null;
    let program: Awaited<ReturnType<typeof startProgram>>;
    let dataDir: string;
    let url: string;
    let vet: Vet;
    let caseId: string;

    beforeAll(async () => {
      s3 = store === 's3' ? await startS3() : null;
      dataDir = await mkdtemp(join(tmpdir(), 'mozarela-memory-'));
      url = `http://127.0.0.1:${await reservePort()}`;
      const settings = s3 && {
        S3_ENDPOINT: s3.endpoint,
        S3_REGION: s3.region,
        S3_BUCKET: s3.bucket,
        S3_ACCESS_KEY_ID: s3.accessKeyId,
        S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
      };
      const env = { PORT: new URL(url).port, MOZARELA_DATA_DIR: dataDir, ...settings };
      program = await startProgram({ env, healthUrl: `${url}/_health` });
      vet = await registerVet(url);
      const answer = await vet.request('POST', '/api/cases', { species: 'dog', clinicalSigns: 'Lame.' });
      caseId = ((await answer.json()) as { id: string }).id;
      // What the first upload loads is not the upload's.
      for (const megabytes of [6, 6]) expect(await send(url, vet, caseId, megabytes)).toBe(201);
    });
    afterAll(async () => {
      await program?.stop();
      await s3?.dispose();
      await rm(dataDir, { recursive: true, force: true });
    });

    it.each([
      [25, 201],
      [200, 413],
    ])('stays the same for %d MB, answered with %d', async (megabytes, status) => {
      const pid = program.pid!;
      await forgetPeak(pid);
      const before = await peakMb(pid);
      expect(await send(url, vet, caseId, megabytes)).toBe(status);
      const raised = (await peakMb(pid)) - before;
      expect(raised).toBeLessThan(ALLOWED_MB);
    });
  });
}
