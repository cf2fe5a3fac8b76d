/** No word of a case in logs, metrics, traces, answers to errors, or rows of jobs. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Analysis } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { expect, it } from 'vitest';
import { startAiPeer } from '../../../../../testbed/ai-peer.ts';
import { type Behaviour, PROVIDER_SECRET } from '../../../../../testbed/ai-peer-answers.ts';
import { reservePort } from '../../../../../testbed/ports.ts';
import { startApp, type Vet } from '../../../test/harness.ts';
import { pdfWith } from './red-team/files.ts';

const MARKERS = ['zyxomarker', 'Plumbworthy', 'quibblefever'];
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

const FAULTS: Behaviour[] = [
  { kind: 'well' },
  { kind: 'malformed' },
  { kind: 'wrong_schema' },
  { kind: 'refused' },
  { kind: 'unauthorised' },
  { kind: 'unknown_model' },
  { kind: 'injected' },
  { kind: 'well', answer: { summary: 'zyxomarker', diagnoses: 'quibblefever' } },
  { kind: 'cut_off' },
];

it('holds no marker that was planted in a case', async () => {
  await using peer = await startAiPeer();
  const operations = await reservePort();
  const app = await startApp({
    GOOGLE_API_KEY: peer.key,
    GOOGLE_API_BASE_URL: peer.geminiUrl,
    AI_MODEL: 'model-a',
    AI_RETRY_DELAY_MS: '1',
    METRICS_PORT: String(operations),
    LOG_LEVEL: 'debug',
  });
  const vet: Vet = await app.vet();
  await vet.put('/api/clinic/ai', { enabled: true });
  const seen: string[] = [];
  const traced = { headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` } };

  for (const [n, behaviour] of FAULTS.entries()) {
    peer.always(behaviour);
    const note = {
      species: 'dog',
      patientName: MARKERS[1],
      clinicalSigns: `Vomiting ${n} times, zyxomarker. Owner: Mrs Plumbworthy.`,
      labFindings: 'quibblefever 3.1',
    };
    const { body: record } = await vet.post<CaseRecord>('/api/cases', note, traced);
    const form = new FormData();
    form.set('files', new Blob([new Uint8Array(pdfWith(['zyxomarker report']))]), 'Plumbworthy.pdf');
    const added = await vet.post<{ items: { id: string }[] }>(`/api/cases/${record.id}/attachments`, form);
    const attachments = added.body.items.map(({ id }) => id);
    const path = `/api/cases/${record.id}/analyses`;
    const asked = { engine: 'ai', consent: true, ...(n % 2 && { attachments, consentAttachments: true }) };
    const { body } = await vet.post<Analysis>(path, asked, traced);
    let state = body;
    for (let tries = 0; state.finishedAt === null && tries < 600; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (tries % 20 === 19) app.advance(31_000 * (tries + 1));
      state = (await vet.get<Analysis>(`/api/analyses/${body.id}`, traced)).body;
    }
    expect([behaviour.kind, state.finishedAt]).not.toEqual([behaviour.kind, null]);
    seen.push(JSON.stringify(state.error));
    const events = await vet.get<string>(`/api/analyses/${body.id}/events`);
    seen.push(String(events.body), JSON.stringify([...events.headers]));
    for (const wrong of [
      { engine: 'ai' },
      { engine: 'ai', consent: true, commentOn: record.id },
      { engine: 'ai', consent: true, attachments: [MARKERS[0]], consentAttachments: true },
      { engine: 'ai', consent: true, attachments: [record.id], consentAttachments: true },
    ]) {
      const refused = await vet.post(path, wrong, traced);
      expect(refused.status).toBe(422);
      seen.push(JSON.stringify(refused.body), JSON.stringify([...refused.headers]));
    }
  }
  seen.push(JSON.stringify((await vet.get('/api/admin/queue')).body));
  seen.push(JSON.stringify((await vet.get('/api/admin/stats')).body));
  const metrics = await (await fetch(`http://127.0.0.1:${operations}/metrics`)).text();
  expect(metrics).toContain('mozarela_ai_answers');
  seen.push(metrics, ...app.logs);
  expect(app.logs.length).toBeGreaterThan(60);

  const file = readdirSync(app.dataDir).find((name) => /\.(db|sqlite)$/.test(name))!;
  const database = new DatabaseSync(join(app.dataDir, file), { readOnly: true });
  const jobs = database.prepare('select type, payload, last_error, unique_key from jobs').all();
  const failures = database.prepare('select error_code, error_message, waits_for from analyses').all();
  database.close();
  expect(jobs.filter((row) => row.last_error !== null).length).toBeGreaterThan(3);
  seen.push(JSON.stringify(jobs), JSON.stringify(failures));
  await app.close();

  // The test can fail: what the peer was sent has the markers that are no names.
  expect(peer.requests.map((request) => request.body).join()).toContain('zyxomarker');
  for (const marker of [...MARKERS, PROVIDER_SECRET, peer.key])
    expect([marker, seen.filter((text) => text.toLowerCase().includes(marker.toLowerCase()))]).toEqual([
      marker,
      [],
    ]);
}, 180_000);
