import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Analysis } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { eventStream } from '../../http/sse.ts';
import { createJobRegistry } from '../../jobs.ts';
import type { AccountActions } from '../auth/actions.ts';
import { deleteCase } from '../cases/service.ts';
import { QUICK } from '../jobs/fixture.ts';
import { startWorker, type Worker } from '../jobs/worker.ts';
import { queuePosition } from './position.ts';
import { analyzeCase, enqueueAnalysis, hint } from './service.ts';
import { analysisFeed } from './stream.ts';

type Event = { id?: string; status: string; progress: number; phase: string; position: number | null };

/** Reads an event stream as it comes. */
async function* eventsOf(response: Response): AsyncGenerator<Event> {
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop()!;
    for (const part of parts) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1];
      if (field('event') === 'status') yield { ...JSON.parse(field('data')!), id: field('id') };
    }
  }
}

/** All that come until the stream ends. */
async function collect(events: AsyncIterable<Event>): Promise<Event[]> {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe('analyses that are not waited for', () => {
  let desk: Desk;
  let worker: Worker | undefined;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(async () => {
    await worker?.stop();
    worker = undefined;
    await desk.close();
  });

  const work = async () => {
    worker = await startWorker(desk.container, createJobRegistry(desk.container), { timing: QUICK });
  };
  const ask = async (): Promise<Analysis> => {
    const record = await desk.newCase();
    const { container, vet } = desk;
    return container.jobs.write(vet.clinicId, (trx, jobs) =>
      enqueueAnalysis(trx, jobs, vet, record, { engine: 'knowledge', now: container.now() }),
    );
  };
  const read = async (id: string) =>
    (await (await desk.vet.ask('GET', `/api/analyses/${id}`)).json()) as Analysis;
  const listen = (id: string, lastEventId?: string, signal?: AbortSignal) =>
    desk.vet.ask(
      'GET',
      `/api/analyses/${id}/events`,
      lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId },
      signal,
    );

  type Timing = { lookMs?: number; beatMs?: number; sessionLives?: AccountActions['sessionLives'] };
  /** The same stream as the route's, with clocks of the test's own. */
  const follow = (id: string, { lookMs, beatMs, sessionLives = async () => true }: Timing) => {
    const session = { clinicId: desk.vet.clinicId, sessionId: 'session' };
    const feed = analysisFeed(desk.container, { sessionLives }, session, id, null, lookMs);
    return new Response(Readable.toWeb(eventStream(desk.container, feed, beatMs)) as ReadableStream);
  };

  it('get the result that a caller who waits gets', async () => {
    const queued = await ask();
    expect(queued).toMatchObject({ status: 'queued', progress: 0, result: null });
    const response = await listen(queued.id);
    await work();
    const seen = await collect(eventsOf(response));
    expect(seen.at(-1)).toMatchObject({ status: 'succeeded', progress: 100 });
    const { vet, container } = desk;
    const sources = { findCase: async () => null, findProtocol: async () => null, indexCase: async () => {} };
    const waited = await analyzeCase(
      container,
      sources,
      vet,
      await desk.newCase(),
      { engine: 'knowledge' },
      null,
    );
    const finished = await read(queued.id);
    expect(finished.result).toEqual(waited.result);
    expect({ ...finished, id: 0, caseId: 0, createdAt: 0, finishedAt: 0 }).toEqual({
      ...waited,
      id: 0,
      caseId: 0,
      createdAt: 0,
      finishedAt: 0,
    });
  });

  it('tell how they are from the first state to the last, over any break', async () => {
    const { id } = await ask();
    const response = await listen(id);
    expect(response.headers.get('Content-Type')).toContain('text/event-stream');
    expect(response.headers.get('X-Accel-Buffering')).toBe('no');
    const first = await eventsOf(response).next();
    expect(first.value).toMatchObject({ id: 'queued-0-1', status: 'queued', phase: 'queued', position: 1 });
    const resumed = eventsOf(await listen(id, 'queued-0-1'));
    await work();
    const seen = await collect(resumed);
    expect(seen.map(({ status }) => status)).not.toContain('queued');
    expect(seen.at(-1)).toMatchObject({ id: 'succeeded-100' });
    const late = await collect(eventsOf(await listen(id, 'queued-0-1')));
    expect(late.map((event) => event.id)).toEqual(['succeeded-100']);
    expect((await listen(id, 'succeeded-100')).status).toBe(204);
  });

  it('tell their place in the queue, which moves on', async () => {
    const [first, second] = [await ask(), await ask()];
    const events = eventsOf(follow(second.id, { lookMs: 20 }));
    expect((await events.next()).value).toMatchObject({ phase: 'queued', position: 2 });
    await desk.vet.ask('POST', `/api/analyses/${first.id}/cancel`);
    expect((await events.next()).value).toMatchObject({ id: 'queued-0-1', phase: 'queued', position: 1 });
    await work();
    expect((await collect(events)).at(-1)).toMatchObject({ phase: 'done', position: null });
  });

  it('count no more than a hundred places', async () => {
    const record = await desk.newCase();
    const { container, vet } = desk;
    const ids = await container.jobs.write(vet.clinicId, async (trx, jobs) => {
      const all = [];
      for (let count = 0; count < 102; count += 1)
        all.push(
          (await enqueueAnalysis(trx, jobs, vet, record, { engine: 'knowledge', now: container.now() })).id,
        );
      return all;
    });
    const places = [0, 1, 98, 99, 100, 101].map((at) =>
      queuePosition(container.database.read(vet.clinicId), ids[at]!),
    );
    expect(await Promise.all(places)).toEqual([1, 2, 99, 100, 100, 100]);
  });

  it('ask for the session before what they tell, not whenever they look', async () => {
    const { id } = await ask();
    const asked: string[] = [];
    const sessionLives = async (_db: unknown, sessionId: string) => asked.push(sessionId) > 0;
    const events = eventsOf(follow(id, { lookMs: 5, sessionLives }));
    await events.next();
    await sleep(200);
    expect(asked).toEqual(['session']);
    await events.return(undefined);
  });

  it('end with the session, at a beat, and tell it nothing more', async () => {
    const { id } = await ask();
    let lives = true;
    const events = eventsOf(follow(id, { beatMs: 50, sessionLives: async () => lives }));
    expect((await events.next()).value).toMatchObject({ status: 'queued' });
    lives = false;
    expect((await events.next()).done).toBe(true);

    lives = true;
    const others = eventsOf(follow(id, { sessionLives: async () => lives }));
    await others.next();
    lives = false;
    await work();
    expect((await others.next()).done).toBe(true);
  });

  it('tell of each change that is hinted at', async () => {
    const { id } = await ask();
    const events = eventsOf(await listen(id));
    expect((await events.next()).value).toMatchObject({ status: 'queued' });
    const { database } = desk.container;
    for (const [progress, phase] of [
      [30, 'running'],
      [60, 'running'],
      [85, 'checking'],
    ] as const) {
      await database.write(desk.vet.clinicId, (trx) =>
        trx.updateTable('analyses').set({ status: 'running', progress }).where('id', '=', id).execute(),
      );
      await hint(desk.container, id, 'running');
      expect((await events.next()).value).toMatchObject({
        status: 'running',
        progress,
        phase,
        position: null,
      });
    }
    await events.return(undefined);
  });

  it('can be cancelled until they are finished, by their clinic only', async () => {
    const { id } = await ask();
    const path = `/api/analyses/${id}/cancel`;
    for (const [method, route] of [
      ['POST', path],
      ['GET', `/api/analyses/${id}/events`],
    ] as const)
      expect((await desk.stranger.ask(method, route)).status).toBe(404);
    const events = eventsOf(await listen(id));
    await events.next();
    const cancelled = await desk.vet.ask('POST', path);
    expect([cancelled.status, ((await cancelled.json()) as Analysis).status]).toEqual([200, 'cancelled']);
    expect((await collect(events)).map(({ status }) => status)).toEqual(['cancelled']);
    expect((await desk.vet.ask('POST', path)).status).toBe(409);
    await work();
    const other = await ask();
    await collect(eventsOf(await listen(other.id)));
    expect((await read(other.id)).status).toBe('succeeded');
    expect((await read(id)).status).toBe('cancelled');
  });

  it('fail with a reason when their protocol is gone, and end when their case is', async () => {
    const record = await desk.newCase();
    const { container, vet } = desk;
    const { id } = await container.jobs.write(vet.clinicId, (trx, jobs) =>
      enqueueAnalysis(trx, jobs, vet, record, {
        engine: 'protocol',
        protocolId: record.id,
        now: container.now(),
      }),
    );
    const orphan = await ask();
    await deleteCase(container, vet, orphan.caseId);
    const response = await listen(id);
    await work();
    expect((await collect(eventsOf(response))).at(-1)).toMatchObject({ status: 'failed' });
    expect((await read(id)).error).toEqual({ code: 'protocol_gone', message: 'The protocol was deleted.' });
    expect((await listen(orphan.id)).status).toBe(404);
  });

  it('hide no earlier answer in the list of cases until they have one of their own', async () => {
    const { container, vet } = desk;
    const record = await desk.newCase();
    const sources = { findCase: async () => null, findProtocol: async () => null, indexCase: async () => {} };
    const answered = await analyzeCase(container, sources, vet, record, { engine: 'knowledge' }, null);
    const queued = await container.jobs.write(vet.clinicId, (trx, jobs) =>
      enqueueAnalysis(trx, jobs, vet, record, { engine: 'knowledge', now: container.now() }),
    );
    const latest = async () =>
      ((await (await vet.ask('GET', `/api/cases/${record.id}`)).json()) as CaseRecord).latestAnalysis?.id;
    expect(await latest()).toBe(answered.id);
    const response = await listen(queued.id);
    await work();
    await collect(eventsOf(response));
    expect(await latest()).toBe(queued.id);
  });

  it('close their streams when the process is told to stop', async () => {
    const { id } = await ask();
    const events = eventsOf(await listen(id));
    await events.next();
    await desk.drain();
    expect((await events.next()).done).toBe(true);
  });

  it('take no harm from a listener that goes away', async () => {
    const { id } = await ask();
    const leaving = new AbortController();
    const events = eventsOf(await listen(id, undefined, leaving.signal));
    await events.next();
    leaving.abort();
    await expect(events.next()).rejects.toThrow();
    await work();
    await collect(eventsOf(await listen(id)));
    expect(desk.logs.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});
