import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it } from 'vitest';
import { BlobsUnavailable } from '../seams/blobs/port.ts';
import { DatabaseUnavailable } from '../seams/database/port.ts';
import { createLog } from '../telemetry/log.ts';
import { errorHandler } from './errors.ts';

async function answerTo(error: unknown) {
  const app = express();
  app.get('/', () => {
    throw error;
  });
  app.use(errorHandler(createLog({ level: 'silent', format: 'json' })));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const body = (await response.json()) as { code: string; detail: string };
    return { status: response.status, retryAfter: response.headers.get('Retry-After'), ...body };
  } finally {
    server.close();
  }
}

it.each([
  ['none', /Nothing was changed/],
  ['unknown', /look whether your change was saved/],
] as const)(
  'tells when the database cannot be reached (outcome %s), and when to come back',
  async (outcome, detail) => {
    const answer = await answerTo(new DatabaseUnavailable(outcome, new Error('10.0.0.7 refused')));
    expect(answer).toMatchObject({ status: 503, code: 'unavailable', retryAfter: '5' });
    expect(answer.detail).toMatch(detail);
    expect(JSON.stringify(answer)).not.toContain('10.0.0.7');
  },
);

it('tells when files cannot be reached, and when to come back', async () => {
  const answer = await answerTo(new BlobsUnavailable(new Error('10.0.0.8 refused')));
  expect(answer).toMatchObject({ status: 503, code: 'unavailable', retryAfter: '10' });
  expect(JSON.stringify(answer)).not.toContain('10.0.0.8');
});
