/** What belongs to another clinic does not exist: over every route of the contract whose address names something. */

import type { CaseRecord } from '@mozarela/contract/cases';
import type { RouteDefinition } from '@mozarela/contract/route';
import { routes } from '@mozarela/contract/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytes } from './files.ts';
import { type Answer, type App, startApp, type Vet } from './harness.ts';

const NOTE = { species: 'dog', clinicalSigns: 'Vomiting and lethargy.' };
const NOWHERE = '01890000-0000-7000-8000-000000000000';

const named = Object.entries(routes).filter(([, { path, auth }]) => auth === 'session' && path.includes(':'));

describe('a stranger', () => {
  let app: App;
  let owner: Vet;
  let stranger: Vet;
  let admin: Vet;
  /** What the owner has, by the part of the address that names it. */
  let ids: Record<string, string>;

  beforeAll(async () => {
    app = await startApp();
    admin = await app.vet();
    owner = await app.vet();
    stranger = await app.vet();
    const made = async (answer: Promise<Answer<{ id: string }>>) => {
      const { status, body } = await answer;
      expect(status).toBe(201);
      return body.id;
    };
    const cases = await made(owner.post('/api/cases', NOTE));
    const analyses = await made(owner.post(`/api/cases/${cases}/analyses`, { engine: 'knowledge' }));
    const template = await owner.get<string>('/api/protocols/template.csv');
    const protocols = await made(owner.post('/api/protocols', { name: 'House', csv: template.body }));
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(bytes('A note of the colleague.'))]), 'note.txt');
    await owner.post(`/api/cases/${cases}/attachments`, form);
    const [attachment] = (await owner.get<CaseRecord>(`/api/cases/${cases}`)).body.attachments;
    const sessions = (await owner.get<{ items: { id: string }[] }>('/api/sessions')).body.items[0]?.id;
    ids = { cases, analyses, protocols, attachments: attachment?.id ?? '', sessions: sessions ?? '' };
  });
  afterAll(() => app.close());

  const call = ({ method, path }: RouteDefinition, by: Vet, id = ids[path.split('/')[2] ?? '']) => {
    if (!id) throw new Error(`${path} names something that this test does not make`);
    const url = path.replace(':id', id).replace(':version', '1');
    // What is wrong besides must not show: no If-Match, and a body that no schema takes.
    return method === 'GET' ? by.get(`${url}?nonsense=1`) : by[METHODS[method]](url, { nonsense: true });
  };

  it.each(named)('finds nothing by %s', async (_name, definition) => {
    const answer = await call(definition, stranger);
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
    const missing = await call(definition, stranger, NOWHERE);
    expect({ ...answer.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' });
  });

  it('of another clinic may be the administrator: that opens no record of a clinic', async () => {
    for (const [name, definition] of named)
      expect([name, (await call(definition, admin)).status]).toEqual([name, 404]);
  });

  it('left everything as it was', async () => {
    const reads = named.filter(([name, { method }]) => method === 'GET' && name !== 'analysisEvents');
    expect(reads.length).toBeGreaterThan(5);
    for (const [name, { path }] of reads) {
      const url = path.replace(':id', ids[path.split('/')[2] ?? ''] ?? '').replace(':version', '1');
      const answer = await owner.get(url);
      expect([name, answer.status]).toEqual([name, 200]);
    }
    expect((await owner.get('/api/me')).status).toBe(200);
  });

  it('who is no administrator is refused by every route of theirs, before the address is looked at', async () => {
    const guarded = Object.values(routes).filter(({ auth }) => auth === 'admin');
    expect(guarded.length).toBeGreaterThan(10);
    for (const definition of guarded) {
      const { status } = await call(definition, stranger, NOWHERE);
      expect([definition.method, definition.path, status]).toEqual([definition.method, definition.path, 403]);
    }
  });

  it('with the cookie of an administrator but no CSRF token writes nothing', async () => {
    const { csrfToken } = admin;
    admin.csrfToken = '';
    const writes = Object.values(routes).filter(({ auth, method }) => auth === 'admin' && method !== 'GET');
    for (const definition of writes) {
      const { status, body } = await call(definition, admin, NOWHERE);
      expect([definition.path, status, body.code]).toEqual([definition.path, 403, 'csrf_failed']);
    }
    admin.csrfToken = csrfToken;
  });
});

const METHODS = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;
