import type { CaseRecord } from '@mozarela/contract/cases';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp, type Vet } from '../../../test/harness.ts';

const NOTE = { species: 'dog', clinicalSigns: 'Unmistakable cough.' };

/** An open stream, read as it comes. */
async function follow(app: App, vet: Vet, lastEventId?: string) {
  const closing = new AbortController();
  const cookie = [...vet.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(`${app.url}/api/events`, {
    headers: { Cookie: cookie, ...(lastEventId && { 'Last-Event-ID': lastEventId }) },
    signal: closing.signal,
  });
  let text = '';
  const ended = (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
  })().catch(() => {});
  return {
    response,
    ended,
    text: () => text,
    events: () =>
      [...text.matchAll(/^id: (\d+)\nevent: case\ndata: (.*)$/gm)].map(([, id, data]) => ({
        id: id!,
        ...(JSON.parse(data!) as { caseId: string; seq: number; type: string }),
      })),
    close: () => closing.abort(),
  };
}

describe("the feed of a clinic's cases", () => {
  let app: App;
  let vet: Vet;
  let stranger: Vet;
  beforeAll(async () => {
    app = await startApp();
    vet = await app.vet();
    stranger = await app.vet();
  });
  afterAll(() => app.close());
  const create = async () => (await vet.post<CaseRecord>('/api/cases', NOTE)).body.id;

  it('tells ids and kinds to the clinic, nothing else, and nothing to others', async () => {
    const [own, other] = [await follow(app, vet), await follow(app, stranger)];
    expect(own.response.headers.get('Content-Type')).toBe('text/event-stream');
    const id = await create();
    await vet.put(`/api/cases/${id}/outcome`, { diagnosis: 'Kennel cough' });
    await expect.poll(() => own.events().length, { timeout: 10_000 }).toBe(2);
    expect(own.events().map(({ id: _time, ...event }) => event)).toEqual([
      { caseId: id, seq: 1, type: 'case.created' },
      { caseId: id, seq: 2, type: 'outcome.recorded' },
    ]);
    const theirs = await stranger.post<CaseRecord>('/api/cases', NOTE);
    await expect.poll(() => other.events().length, { timeout: 10_000 }).toBe(1);
    expect(other.events()[0]?.caseId).toBe(theirs.body.id);
    expect(own.text() + other.text()).not.toMatch(/Unmistakable|Kennel/);
    own.close();
    other.close();
    await Promise.all([own.ended, other.ended]);
  });

  it('resumes where another stream ended', async () => {
    const first = await follow(app, vet);
    await create();
    await expect.poll(() => first.events().length, { timeout: 10_000 }).toBeGreaterThan(0);
    const last = first.events().at(-1)!.id;
    first.close();
    await first.ended;
    const missed = await create();
    // Long ago, for the feed: no hint and no look at the last seconds would tell it.
    app.advance(10 * 60_000);
    const second = await follow(app, vet, last);
    await expect
      .poll(() => second.events().map(({ caseId }) => caseId), { timeout: 10_000 })
      .toContain(missed);
    second.close();
    await second.ended;
  });

  it('ends with the session, at the next event, which it does not tell', async () => {
    const colleague = await app.vet();
    const stream = await follow(app, colleague);
    const second = app.client();
    const login = await second.post<{ csrfToken: string }>('/api/auth/login', {
      email: colleague.email,
      password: colleague.password,
    });
    second.csrfToken = login.body.csrfToken;
    await colleague.post('/api/auth/logout');
    await second.post('/api/cases', NOTE);
    await stream.ended;
    expect(stream.events()).toEqual([]);
  });

  it('is for people who are signed in', async () => {
    expect((await app.client().get('/api/events')).status).toBe(401);
  });
});
