/** A rebuild gives the tables that were there, whatever happened and whatever is broken. Run on each database. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { type Container, createContainer } from '../src/container.ts';
import { purgeDeleted, RESTORABLE_MS } from '../src/features/cases/purge.ts';
import { rebuild } from '../src/rebuild.ts';
import { ACCOUNTS } from '../src/seams/database/port.ts';
import { type App, startApp, type Vet } from './harness.ts';
import { KINDS, liveRandomly, randomOf } from './random-cases.ts';

const TABLES = {
  cases: 'id',
  patients: 'id',
  addenda: 'id',
  attachments: 'id',
  analyses: 'id',
  case_statistics: 'day',
  counted_cases: 'case_id',
  legacy_rows: 'row_key',
} as const;
const STEPS = 150;

/** @param settings of the database; none for SQLite */
export function rebuildSuite(name: string, settings: () => Record<string, string>): void {
  describe(`rebuild: ${name}`, () => {
    let app: App;
    let vets: Vet[];
    /** A second process on the same data, some time later. */
    let later: Container;

    beforeAll(async () => {
      app = await startApp(settings());
      vets = [await app.vet(), await app.vet()];
      const env = { ...settings(), MOZARELA_DATA_DIR: app.dataDir, LOG_LEVEL: 'silent' };
      later = await createContainer(parseConfig(env), { now: () => Date.now() + RESTORABLE_MS + 60_000 });
    });
    afterAll(async () => {
      await later?.close();
      await app?.close();
    });

    const read = () => later.database.read(ACCOUNTS);
    async function dump() {
      const tables: Record<string, unknown[]> = {};
      for (const [table, key] of Object.entries(TABLES)) {
        const { rows } = await sql`select * from ${sql.table(table)} order by ${sql.ref(key)}`.execute(
          read(),
        );
        tables[table] = rows;
      }
      tables.case_statistics?.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      return tables;
    }
    /** Until every event is published and counted. */
    const settled = () =>
      expect
        .poll(
          async () => {
            const { rows } = await sql<{ open: number }>`select count(*) as open from case_events
              left join counted_cases on counted_cases.case_id = case_events.case_id
              where published_at is null or last_seq is null or last_seq < seq`.execute(read());
            return Number(rows[0]?.open);
          },
          { timeout: 60_000, interval: 100 },
        )
        .toBe(0);

    it('finds nothing to do after a random life, with a purge in the middle', {
      timeout: 120_000,
    }, async () => {
      const done = new Set<string>();
      for (const [index, vet] of vets.entries())
        for (const kind of await liveRandomly(vet, randomOf(index + 1), STEPS)) done.add(kind);
      expect([...done].sort()).toEqual([...KINDS].sort());
      const gone = await read()
        .selectFrom('cases')
        .select('id')
        .where('deleted_at', 'is not', null)
        .execute();
      expect(await purgeDeleted(later)).toBe(gone.length);
      expect(gone.length).toBeGreaterThan(0);
      await liveRandomly(vets[0]!, randomOf(3), STEPS / 3);
      await settled();
      const before = await dump();
      const checked = await rebuild(later, false);
      expect(checked.differences).toEqual([]);
      expect(checked.cases).toBe(before.counted_cases?.length);
      expect((await rebuild(later, true)).differences).toEqual([]);
      expect(await dump()).toEqual(before);
    });

    it('purges every word of a case, and its history still holds together', async () => {
      const { body } = await vets[1]!.post<{ id: string }>('/api/cases', {
        species: 'cat',
        patientName: 'Unmistakable',
        clinicalSigns: 'Borborygmi.',
      });
      await vets[1]!.put(`/api/cases/${body.id}/outcome`, { diagnosis: 'Whatever' });
      const raw = JSON.stringify({ notes: 'Unmistakable' });
      const kept = { source_table: 'cases', row_key: '1', raw, reason: 'shortened', user_id: null };
      await later.database.write(ACCOUNTS, (trx) =>
        trx
          .insertInto('legacy_rows')
          .values({ ...kept, case_id: body.id, imported_at: 1 })
          .execute(),
      );
      await vets[1]!.delete(`/api/cases/${body.id}`);
      expect(await purgeDeleted(later)).toBeGreaterThan(0);
      const events = await read()
        .selectFrom('case_events')
        .select(['type', 'data'])
        .where('case_id', '=', body.id)
        .orderBy('seq')
        .execute();
      expect(events).toEqual([
        { type: 'case.created', data: '{"erased":true,"species":"cat"}' },
        { type: 'outcome.recorded', data: '{"erased":true}' },
        { type: 'case.deleted', data: '{}' },
        { type: 'case.purged', data: '{}' },
      ]);
      expect(JSON.stringify(await dump())).not.toContain('Unmistakable');
      expect((await vets[1]!.post(`/api/cases/${body.id}/restore`)).status).toBe(404);
      await settled();
      expect((await rebuild(later, false)).differences).toEqual([]);
    });

    it('names what is broken, and makes it as it was', async () => {
      await settled();
      const before = await dump();
      const [one, two, three] = (
        before.cases as { id: string; deleted_at: number | null; clinic_id: string }[]
      )
        .filter(({ deleted_at }) => deleted_at === null)
        .map(({ id, clinic_id }) => ({ id, clinic_id }));
      await later.database.write(one!.clinic_id, async (trx) => {
        await trx
          .updateTable('cases')
          .set({ clinical_signs: 'Changed.', version: 99 })
          .where('id', '=', one!.id)
          .execute();
        await trx.deleteFrom('addenda').execute();
        await trx.updateTable('patients').set({ name: 'Nobody' }).execute();
        await trx.updateTable('case_statistics').set({ created: 1000 }).execute();
        await later.database.search.remove(trx, two!.id);
        await trx.deleteFrom('attachments').where('case_id', '=', three!.id).execute();
      });
      const checked = await rebuild(later, false);
      const named = new Set(checked.differences.map(({ table, kind }) => `${table} ${kind}`));
      expect([...named]).toEqual(
        expect.arrayContaining([
          'cases different',
          'addenda missing',
          'patients different',
          'case_search missing',
          'case_statistics different',
        ]),
      );
      expect(await dump()).not.toEqual(before);
      await rebuild(later, true);
      expect(await dump()).toEqual(before);
      expect((await rebuild(later, false)).differences).toEqual([]);
    });

    it('does not build on events that were altered', async () => {
      const { body } = await vets[0]!.post<{ id: string }>('/api/cases', {
        species: 'dog',
        clinicalSigns: 'Cough.',
      });
      const intact = async () =>
        (await vets[0]!.get<{ intact: boolean }>(`/api/cases/${body.id}/events`)).body.intact;
      expect(await intact()).toBe(true);
      await later.database.write(ACCOUNTS, (trx) =>
        trx
          .updateTable('case_events')
          .set({ data: '{"erased":true}' })
          .where('case_id', '=', body.id)
          .execute(),
      );
      expect(await intact()).toBe(false);
      const { differences } = await rebuild(later, true);
      expect(differences).toContainEqual({ table: 'case_events', id: body.id, kind: 'altered' });
      expect((await vets[0]!.get(`/api/cases/${body.id}`)).status).toBe(200);
    });
  });
}
