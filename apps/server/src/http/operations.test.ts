import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reservePort } from '../../../../testbed/ports.ts';
import { type App, startApp } from '../../test/harness.ts';
import { parseConfig } from '../config.ts';
import { createContainer } from '../container.ts';
import { newId } from '../ids.ts';
import { start as startApi } from '../roles/api.ts';
import { start } from '../roles/worker.ts';
import { ACCOUNTS } from '../seams/database/port.ts';

describe('the port for operators', () => {
  let app: App;
  /** One a process. */
  let urls: string[];
  let url: string;
  beforeAll(async () => {
    app = await startApp({ METRICS_PORT: '0' });
    const lines = app.logs.filter((one) => one.includes('listening for operators'));
    urls = lines.map((line) => JSON.parse(line).url);
    url = urls[0]!;
  });
  afterAll(() => app.close());

  it('tells health and measurements, and nothing else', async () => {
    expect(await (await fetch(`${url}/_health`)).json()).toEqual({ status: 'ok' });
    const ready = (await (await fetch(`${url}/healthz`)).json()) as { checks: Record<string, unknown> };
    expect(Object.keys(ready.checks)).toEqual(['database', 'cache', 'queue', 'blobs', 'events', 'ai']);
    expect((await fetch(`${url}/api/me`)).status).toBe(404);
    expect((await fetch(`${url}/constructor`)).status).toBe(404);
  });

  it('counts requests by route pattern, without ids or words', async () => {
    const vet = await app.vet();
    const { body } = await vet.post<{ id: string }>('/api/cases', {
      species: 'dog',
      clinicalSigns: 'marker-of-a-case',
    });
    await vet.get(`/api/cases/${body.id}?q=marker-of-a-query`);
    const texts = await Promise.all(urls.map(async (one) => (await fetch(`${one}/metrics`)).text()));
    const text = texts.join('');
    expect(text).toMatch(/duration_seconds_count\{method="GET",route="\/api\/cases\/:id",status="200"\} 1/);
    expect(text).toContain('process_resident_memory_bytes');
    for (const secret of [body.id, 'marker-of-a-case', 'marker-of-a-query', vet.email])
      expect(text).not.toContain(secret);
  });

  it('is not on the public port', async () => {
    expect((await app.client().get('/metrics')).status).toBe(404);
  });
});

describe('a worker', () => {
  it('answers operators on its PORT, and does without the usual port when another process has it', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'mozarela-worker-'));
    const lines: string[] = [];
    const logTarget = { write: (line: string) => void lines.push(line) };
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const taken = (blocker.address() as AddressInfo).port;
    const config = { ...parseConfig({ PORT: '0', MOZARELA_DATA_DIR: dataDir }) };
    const worker = await start({ ...config, metricsPort: { port: taken, required: false } }, [], {
      logTarget,
    });
    const { url } = JSON.parse(lines.find((line) => line.includes('listening for operators'))!);
    expect(await (await fetch(`${url}/_health`)).json()).toEqual({ status: 'ok' });
    expect((await fetch(`${url}/api/me`)).status).toBe(404);
    expect(lines.join('')).toContain('METRICS_PORT is not set');
    await worker.stop();
    const asked = start({ ...config, metricsPort: { port: taken, required: true } }, [], { logTarget });
    await expect(asked).rejects.toThrow('EADDRINUSE');
    const first = await reservePort();
    const second = { ...config.http, port: taken, portGiven: true };
    const stuck = start({ ...config, http: second, metricsPort: { port: first, required: true } }, [], {
      logTarget,
    });
    await expect(stuck).rejects.toThrow('EADDRINUSE');
    // Nothing of a start that failed listens on.
    await expect(fetch(`http://127.0.0.1:${first}/_health`)).rejects.toThrow();
    blocker.close();
    await rm(dataDir, { recursive: true });
  });
});

describe('an API process without workers', () => {
  it('says that work waits and nobody takes it', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'mozarela-api-'));
    const config = parseConfig({ PORT: '0', MOZARELA_DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
    const api = await startApi(config);
    const container = await createContainer(config);
    const queue = async () => {
      const answer = await fetch(`${api.url}/healthz`);
      const { status, checks } = (await answer.json()) as {
        status: string;
        checks: { queue: { status: string } };
      };
      return [answer.status, status, checks.queue.status];
    };
    expect(await queue()).toEqual([200, 'ok', 'ok']);
    const now = Date.now();
    const job = { id: newId(), type: 'clean-up', payload: '{}', status: 'queued', priority: 5 } as const;
    const counts = { attempts: 0, max_attempts: 3, claims: 0, progress: 0 };
    const times = { run_at: now - 61_000, resend_at: now, created_at: now, updated_at: now };
    await container.database.write(ACCOUNTS, (trx) =>
      trx
        .insertInto('jobs')
        .values({ ...job, ...counts, ...times })
        .execute(),
    );
    await expect.poll(queue, { timeout: 5_000 }).toEqual([200, 'degraded', 'down']);
    await container.close();
    await api.stop();
    await rm(dataDir, { recursive: true });
  });
});
