/** What the settings keep secret stays out of logs, measurements, health and errors, most of all when servers are away. */
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { png } from '../../test/files.ts';
import { type App, startApp, type Vet } from '../../test/harness.ts';
import { parseConfig } from '../config.ts';
import { createContainer } from '../container.ts';

const SECRET = 'planted-secret-4711';
/** Each part is waited for a while. */
const PATIENCE_MS = 60_000;
const MARKER = 'plantedword';
/** Nothing listens there. */
const NOWHERE = '127.0.0.1:1';
const AWAY = {
  REDIS_URL: `redis://planted-user:${SECRET}@${NOWHERE}`,
  AMQP_URL: `amqp://planted-user:${SECRET}@${NOWHERE}/${MARKER}`,
  S3_ENDPOINT: `http://${NOWHERE}`,
  S3_BUCKET: 'files',
  S3_ACCESS_KEY_ID: `${SECRET}-id`,
  S3_SECRET_ACCESS_KEY: SECRET,
};

describe('with servers that are away', { timeout: PATIENCE_MS }, () => {
  let app: App;
  let vet: Vet;

  beforeAll(async () => {
    app = await startApp({
      ...AWAY,
      METRICS_PORT: '0',
      LOG_LEVEL: 'debug',
      MOZARELA_SECRET: SECRET.repeat(2),
    });
    vet = await app.vet({ email: `${MARKER}@example.org` });
  }, PATIENCE_MS);
  afterAll(() => app.close(), PATIENCE_MS);

  it('work goes on, and no log line holds a password, a token, an e-mail or a word of a case', async () => {
    const note = { species: 'dog', patientName: MARKER, clinicalSigns: `${MARKER} vomiting` };
    const created = await vet.post<{ id: string }>('/api/cases', note);
    expect(created.status).toBe(201);
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(png(2, 2))], { type: 'image/png' }), `${MARKER}.png`);
    expect((await vet.post(`/api/cases/${created.body.id}/attachments`, form)).status).toBe(503);
    expect((await vet.post(`/api/cases/${created.body.id}/analyses`, { engine: 'knowledge' })).status).toBe(
      201,
    );
    const health = await app.client().get<{ status: string }>('/healthz');
    expect([health.status, health.body.status]).toEqual([200, 'degraded']);
    const operations = /"url":"([^"]+)","msg":"listening for operators"/.exec(app.logs.join('\n'))?.[1];
    const metrics = await (await fetch(`${operations}/metrics`)).text();
    expect(metrics).toContain('mozarela_limits_degraded 1');

    const told = [...app.logs, JSON.stringify(health.body), metrics].join('\n').toLowerCase();
    // All of them were met and spoken of.
    for (const word of ['no connection to rabbitmq', 'redis is lost', 'the store of files failed'])
      expect(told).toContain(word);
    const token = vet.cookies.get('session_token') ?? '';
    expect(token.length).toBeGreaterThan(20);
    for (const secret of [SECRET, MARKER, 'planted-user', vet.csrfToken, token, vet.password])
      expect(told).not.toContain(secret.toLowerCase());
  });
});

it('a database that is away ends the start without its password', { timeout: PATIENCE_MS }, async () => {
  const logs: string[] = [];
  const config = parseConfig({ DATABASE_URL: `postgres://vet:${SECRET}@${NOWHERE}/vet`, LOG_LEVEL: 'debug' });
  const container = await createContainer(config, { logTarget: { write: (line) => void logs.push(line) } });
  const error = await container.database.migrate().catch((reason: unknown) => reason);
  await container.close();
  expect(error).toBeInstanceOf(Error);
  expect(inspect(error, { depth: 10 }) + logs.join('')).not.toContain(SECRET);
});
