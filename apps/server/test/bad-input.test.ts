/** Every bad input has a named answer, nothing bad is stored, and nothing that was typed reaches the log. */

import type { CaseRecord } from '@mozarela/contract/cases';
import { routes } from '@mozarela/contract/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp, type Vet } from './harness.ts';

const NOTE = { species: 'dog', clinicalSigns: 'Lethargy.' };

describe('bad input', () => {
  let app: App;
  let vet: Vet;

  beforeAll(async () => {
    app = await startApp();
    vet = await app.vet();
  });
  afterAll(() => app.close());

  const refused = async (body: unknown) => {
    const answer = await vet.post('/api/cases', body);
    return [answer.status, answer.body.code, answer.body.errors?.[0]?.path];
  };

  it.each([
    ['malformed JSON', '{"species": "dog"', [400, 'malformed_json', undefined]],
    ['no object', '[]', [422, 'validation_failed', '']],
    ['an empty body', '', [422, 'validation_failed', '']],
    ['a number for text', { ...NOTE, clinicalSigns: 7 }, [422, 'validation_failed', 'clinicalSigns']],
    ['white space for text', { ...NOTE, clinicalSigns: ' \n ' }, [422, 'validation_failed', 'clinicalSigns']],
    [
      'text that is too long',
      { ...NOTE, clinicalSigns: 'x'.repeat(20_001) },
      [422, 'validation_failed', 'clinicalSigns'],
    ],
    ['NUL', { ...NOTE, breed: 'a\u0000b' }, [422, 'validation_failed', 'breed']],
    ['a lone surrogate', { ...NOTE, patientName: 'a\ud800' }, [422, 'validation_failed', 'patientName']],
    [
      'NUL in a correction',
      { ...NOTE, corrections: [{ finding: 'a\u0000', assertion: 'absent' }] },
      [422, 'validation_failed', 'corrections.0.finding'],
    ],
    ['an unknown species', { ...NOTE, species: 'dragon' }, [422, 'validation_failed', 'species']],
    ['an unknown sex', { ...NOTE, sex: 'X' }, [422, 'validation_failed', 'sex']],
    ['a negative weight', { ...NOTE, weightKg: -1 }, [422, 'validation_failed', 'weightKg']],
    ['a field that does not exist', { ...NOTE, id: 'mine' }, [422, 'validation_failed', '']],
    [
      'a body over 1 MB',
      { ...NOTE, clinicalSigns: 'x'.repeat(1_100_000) },
      [413, 'payload_too_large', undefined],
    ],
  ])('refuses %s', async (_name, body, expected) => {
    expect(await refused(body)).toEqual(expected);
  });

  it('refuses a 50 MB body without reading it to its end', async () => {
    const answer = await vet
      .post('/api/cases', { ...NOTE, clinicalSigns: 'x'.repeat(50 * 1024 * 1024) })
      .catch(() => null);
    // The connection may be cut while the client still sends; either way the server goes on.
    expect([413, undefined]).toContain(answer?.status);
    expect((await vet.get('/api/me')).status).toBe(200);
  });

  it('stores SQL, HTML, emoji and right-to-left text in every field as the text it is', async () => {
    const nasty = `'); DROP TABLE cases; -- <script>alert(1)</script> "quoted" \\ %s {{x}} 🐶 עברית`;
    const fields = {
      patientName: nasty,
      breed: nasty,
      clinicalSigns: nasty,
      labFindings: nasty,
      age: nasty.slice(0, 60),
    };
    const { status, body } = await vet.post<CaseRecord>('/api/cases', { species: 'other', ...fields });
    expect(status).toBe(201);
    expect((await vet.get<CaseRecord>(`/api/cases/${body.id}`)).body).toMatchObject(fields);
    expect((await vet.get(`/api/cases?q=${encodeURIComponent(nasty)}`)).status).toBe(200);
    const analysis = await vet.post(`/api/cases/${body.id}/analyses`, { engine: 'knowledge' });
    expect(analysis.status).toBe(201);
  });

  it('takes 20,000 characters of anything', async () => {
    for (const part of ['no ', 'V+ ', '9', '🐶', 'ALT 340 ', '((((', 'vomiting, ']) {
      const clinicalSigns = part.repeat(20_000 / part.length).slice(0, 20_000);
      const { status } = await app.client().post('/api/analyze', { species: 'dog', clinicalSigns });
      expect([part, status]).toEqual([part, 200]);
    }
  });

  it('answers a signed-out caller 401 on every route that needs a session', async () => {
    const guarded = Object.values(routes).filter(({ auth }) => auth === 'session' || auth === 'admin');
    expect(guarded.length).toBeGreaterThan(30);
    for (const { method, path } of guarded) {
      const response = await fetch(app.url + path.replace(':id', '01890000-0000-7000-8000-000000000000'), {
        method,
      });
      expect([method, path, response.status]).toEqual([method, path, 401]);
    }
  });

  it('needs the CSRF token for every write with a cookie', async () => {
    const { csrfToken } = vet;
    vet.csrfToken = '';
    const writes = Object.values(routes).filter(({ auth, method }) => auth === 'session' && method !== 'GET');
    for (const { method, path } of writes) {
      const url = path.replace(':id', '01890000-0000-7000-8000-000000000000');
      const call = { POST: vet.post, PUT: vet.put, PATCH: vet.patch, DELETE: vet.delete, GET: vet.get }[
        method
      ];
      expect([path, (await call(url)).status]).toEqual([path, 403]);
    }
    vet.csrfToken = csrfToken;
  });

  it('keeps what is gone gone', async () => {
    const gone = [
      ['GET', '/api/items'],
      ['GET', '/api/models'],
      ['GET', '/api/users'],
      ['POST', '/api/users'],
      ['PUT', '/api/users/1'],
      ['POST', '/api/sessions'],
      ['GET', '/api/sessions/abc'],
      ['DELETE', '/api/sessions/abc'],
      ['GET', '/api/export'],
      ['POST', '/api/import'],
      ['GET', '/metrics'],
    ] as const;
    for (const [method, path] of gone) {
      const response = await fetch(app.url + path, { method });
      expect([method, path, [401, 404, 405].includes(response.status)]).toEqual([method, path, true]);
      expect(response.headers.get('Content-Type')).toContain('application/problem+json');
    }
  });

  it('writes no case text, search, e-mail or password to the log', async () => {
    const marker = 'plantedmarker';
    await vet.post('/api/cases', { ...NOTE, clinicalSigns: `${marker} vomiting`, patientName: marker });
    await vet.get(`/api/cases?q=${marker}`);
    await vet.post('/api/cases', { ...NOTE, [marker]: marker });
    await vet.post('/api/cases', `{"clinicalSigns": "${marker}`);
    await vet.post('/api/protocols/validate', { csv: `${marker},${marker}\n"${marker}` });
    await app.client().post('/api/auth/login', { email: `${marker}@example.org`, password: marker });
    await app.client().post('/api/analyze', { ...NOTE, clinicalSigns: marker });
    expect(app.logs.length).toBeGreaterThan(20);
    expect(app.logs.filter((line) => line.toLowerCase().includes(marker))).toEqual([]);
  });
});
