import type { CaseRecord } from '@mozarela/contract/cases';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp, type Vet } from '../../../test/harness.ts';
import { DAY_MS } from '../../lib/time.ts';

type Counts = { created: number; signed: number; deleted: number; restored: number; outcomes: number };
type Statistics = {
  from: string;
  to: string;
  days: ({ day: string; species: string } & Counts)[];
  total: Counts;
};

const day = (time: number) => new Date(time).toISOString().slice(0, 10);

describe('statistics', () => {
  let app: App;
  let vet: Vet;
  let stranger: Vet;
  beforeAll(async () => {
    app = await startApp();
    vet = await app.vet();
    stranger = await app.vet();
  });
  afterAll(() => app.close());

  const create = async (species: string) =>
    (await vet.post<CaseRecord>('/api/cases', { species, clinicalSigns: 'Cough.' })).body.id;
  const version = (number: number) => ({ headers: { 'If-Match': `"${number}"` } });
  const statistics = async (query = '') => (await vet.get<Statistics>(`/api/statistics${query}`)).body;

  it('counts what happens in the clinic, by day and species, for the clinic only', async () => {
    const [cat, dog, typo] = [await create('cat'), await create('dog'), await create('dog')];
    await vet.delete(`/api/cases/${cat}`);
    await vet.post(`/api/cases/${cat}/restore`);
    await vet.post(`/api/cases/${dog}/sign`, undefined, version(1));
    await vet.put(`/api/cases/${dog}/outcome`, { diagnosis: 'Kennel cough' });
    await vet.patch(`/api/cases/${typo}`, { species: 'horse' }, version(1));
    await vet.put(`/api/cases/${typo}/outcome`, { diagnosis: 'Strangles' });
    const today = day(Date.now());
    const none = { created: 0, signed: 0, deleted: 0, restored: 0, outcomes: 0 };
    await expect
      .poll(() => statistics(), { timeout: 20_000 })
      .toEqual({
        from: day(Date.now() - 29 * DAY_MS),
        to: today,
        days: [
          { ...none, day: today, species: 'cat', created: 1, deleted: 1, restored: 1 },
          { ...none, day: today, species: 'dog', created: 2, signed: 1, outcomes: 1 },
          { ...none, day: today, species: 'horse', outcomes: 1 },
        ],
        total: { created: 3, signed: 1, deleted: 1, restored: 1, outcomes: 2 },
      });
    expect((await stranger.get<Statistics>('/api/statistics')).body.days).toEqual([]);
    const past = await statistics('?from=2020-01-01&to=2020-02-01');
    expect(past).toMatchObject({ from: '2020-01-01', to: '2020-02-01', days: [] });
  });

  it('refuses what is no span of days', async () => {
    for (const query of ['from=yesterday', 'from=2024-02-02&to=2024-02-01', 'days=3'])
      expect([query, (await vet.get(`/api/statistics?${query}`)).status]).toEqual([query, 422]);
    expect((await app.client().get('/api/statistics')).status).toBe(401);
  });
});
