import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { cleanUp } from '../../cleanup.ts';
import { newId } from '../../ids.ts';
import { createJobRegistry } from '../../jobs.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { QUICK, until } from './fixture.ts';
import { startWorker } from './worker.ts';

describe('administration of jobs', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.close());

  async function plantDead(): Promise<string> {
    const { jobs, database } = desk.container;
    const id = (await jobs.write(ACCOUNTS, (_trx, { enqueue }) => enqueue(cleanUp, {})))!;
    await database.write(ACCOUNTS, (trx) =>
      trx
        .updateTable('jobs')
        .set({ status: 'dead', attempts: 3, claims: 3, last_error: 'TypeError' })
        .where('id', '=', id)
        .execute(),
    );
    return id;
  }
  const queue = async (query = '') => (await desk.vet.ask('GET', `/api/admin/queue${query}`)).json();
  const actions = async () => {
    const body = (await (await desk.vet.ask('GET', '/api/admin/audit')).json()) as {
      items: { action: string; target: string }[];
    };
    return body.items.map(({ action, target }) => [action, target]);
  };

  it('shows what was given up, newest first, and what waits', async () => {
    const ids = [await plantDead(), await plantDead(), await plantDead()];
    const first = (await queue('?limit=2')) as { items: { id: string }[]; nextCursor: string };
    expect(first).toMatchObject({
      queued: 0,
      running: 0,
      dead: 3,
      oldestDueMs: null,
      counts: [{ status: 'dead', type: cleanUp.type, count: 3 }],
      items: [{ id: ids[2], type: cleanUp.type, attempts: 3, reason: 'TypeError' }, { id: ids[1] }],
    });
    const second = (await queue(`?cursor=${first.nextCursor}`)) as {
      items: { id: string }[];
      nextCursor: null;
    };
    expect([second.items.map(({ id }) => id), second.nextCursor]).toEqual([[ids[0]], null]);
    const stats = (await (await desk.vet.ask('GET', '/api/admin/stats')).json()) as { queue: unknown };
    expect(stats.queue).toEqual({ queued: 0, running: 0, dead: 3, oldestDueMs: null });
  });

  it('gives a dead job another chance, or forgets it, and notes who did', async () => {
    const [retried, dropped] = [await plantDead(), await plantDead()];
    expect((await desk.vet.ask('POST', `/api/admin/queue/${retried}/retry`)).status).toBe(204);
    expect((await desk.vet.ask('DELETE', `/api/admin/queue/${dropped}`)).status).toBe(204);
    expect(await actions()).toEqual([
      ['job.dropped', dropped],
      ['job.retried', retried],
    ]);
    const worker = await startWorker(desk.container, createJobRegistry(desk.container), { timing: QUICK });
    const rows = () => desk.container.database.read(ACCOUNTS).selectFrom('jobs').selectAll().execute();
    await until(async () => (await rows()).every(({ status }) => status === 'done'));
    await worker.stop();
    expect((await rows()).find(({ id }) => id === retried)).toMatchObject({ status: 'done', attempts: 1 });
    expect((await rows()).map(({ id }) => id)).not.toContain(dropped);
  });

  it('finds only dead jobs', async () => {
    const alive = await desk.container.jobs.write(ACCOUNTS, (_trx, { enqueue }) => enqueue(cleanUp, {}));
    for (const id of [alive, newId()]) {
      expect((await desk.vet.ask('POST', `/api/admin/queue/${id}/retry`)).status).toBe(404);
      expect((await desk.vet.ask('DELETE', `/api/admin/queue/${id}`)).status).toBe(404);
    }
    expect(await actions()).toEqual([]);
  });
});
