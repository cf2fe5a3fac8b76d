/** What every adapter of the database seam must do; run from <adapter>.test.ts. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../ids.ts';
import { ACCOUNTS, type Database, type Executor, LaterSchema } from './port.ts';

/** @param open gives a database that nobody else uses, not yet migrated */
export function databaseContract(name: string, open: () => Promise<Database>): void {
  describe(`database: ${name}`, () => {
    let database: Database;
    const clinicId = newId();
    const addClinic = (id: string) => (trx: ReturnType<Database['read']>) =>
      trx.insertInto('clinics').values({ id, name: 'Clinic', created_at: Date.now() }).execute();
    const exists = async (id: string) =>
      (await database.read(ACCOUNTS).selectFrom('clinics').select('id').where('id', '=', id).execute())
        .length === 1;

    beforeAll(async () => {
      database = await open();
      await Promise.all([database.migrate(), database.migrate()]);
      await database.write(ACCOUNTS, addClinic(clinicId));
    });
    afterAll(() => database.close());

    it('migrates once', async () => {
      expect(await database.migrate()).toEqual([]);
      await database.ping();
    });

    it('shows a write to the next reader', async () => {
      const id = newId();
      await database.write(ACCOUNTS, addClinic(id));
      expect(await exists(id)).toBe(true);
    });

    it('rolls back when the work fails', async () => {
      const id = newId();
      const work = database.write(ACCOUNTS, async (trx) => {
        await addClinic(id)(trx);
        throw new Error('no');
      });
      await expect(work).rejects.toThrow('no');
      expect(await exists(id)).toBe(false);
    });

    it('refuses references to what is not there', async () => {
      const orphan = { clinic_id: newId(), user_id: newId(), role: 'vet', created_at: 0 } as const;
      await expect(
        database.write(ACCOUNTS, (trx) => trx.insertInto('memberships').values(orphan).execute()),
      ).rejects.toThrow();
    });

    it('lets only one of two writers append the same event', async () => {
      const event = { case_id: newId(), seq: 1, clinic_id: clinicId, type: 'created', at: 1, data: '{}' };
      const append = () =>
        database.write(clinicId, (trx) => trx.insertInto('case_events').values(event).execute());
      const outcomes = await Promise.allSettled([append(), append()]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('serialises transactions that read before they write', async () => {
      const id = newId();
      await database.write(ACCOUNTS, addClinic(id));
      const increment = () =>
        database.write(ACCOUNTS, async (trx) => {
          const { created_at } = await trx
            .updateTable('clinics')
            .set((eb) => ({ created_at: eb('created_at', '+', 1) }))
            .where('id', '=', id)
            .returning('created_at')
            .executeTakeFirstOrThrow();
          return created_at;
        });
      const seen = await Promise.all(Array.from({ length: 20 }, increment));
      expect(new Set(seen).size).toBe(20);
      expect(typeof seen[0]).toBe('number');
    });

    it.each(['accounts', 'a clinic'])(
      'lets what a transaction has read hold to its end: %s',
      async (name) => {
        const scope = name === 'accounts' ? ACCOUNTS : clinicId;
        const title = newId();
        const insertOnce = () =>
          database.write(scope, async (trx) => {
            const found = await trx.selectFrom('clinics').select('id').where('name', '=', title).execute();
            if (found.length > 0) return false;
            await trx.insertInto('clinics').values({ id: newId(), name: title, created_at: 0 }).execute();
            return true;
          });
        const inserted = await Promise.all(Array.from({ length: 10 }, insertOnce));
        expect(inserted.filter(Boolean)).toHaveLength(1);
      },
    );

    it('counts and adds in numbers', async () => {
      const row = await database
        .read(ACCOUNTS)
        .selectFrom('clinics')
        .select((select) => [
          select.fn.countAll<number>().as('count'),
          select.fn.sum<number>('created_at').as('sum'),
        ])
        .executeTakeFirstOrThrow();
      expect([typeof row.count, typeof row.sum]).toEqual(['number', 'number']);
    });

    laterBuildContract(() => database);
    searchContract(() => database);
  });
}

function laterBuildContract(database: () => Database): void {
  describe('what another build has migrated', () => {
    type Row = { name: string; timestamp: string };
    const rowsOf = async (db: Executor) =>
      (await sql<Row>`select name, timestamp from kysely_migration order by name`.execute(db)).rows;
    const put = (trx: Executor, { name, timestamp }: Row) =>
      sql`insert into kysely_migration (name, timestamp) values (${name}, ${timestamp})`.execute(trx);
    const later = (name: string) => ({ name, timestamp: '2999-01-01T00:00:00.000Z' });

    /** What `migrate` rejects with when the table of migrations holds these rows; it is put back afterwards. */
    async function refusal(change: (rows: Row[]) => Row[]): Promise<unknown> {
      const replace = (rows: Row[]) =>
        database().write(ACCOUNTS, async (trx) => {
          await sql`delete from kysely_migration`.execute(trx);
          for (const row of rows) await put(trx, row);
        });
      const before = await rowsOf(database().read(ACCOUNTS));
      await replace(change(before));
      const outcome = await database()
        .migrate()
        .catch((error: unknown) => error);
      expect(await rowsOf(database().read(ACCOUNTS))).toEqual(change(before));
      await replace(before);
      return outcome;
    }

    it('is known as a later build when it has all that this one knows', async () => {
      const error = await refusal((rows) => [...rows, later('999-later'), later('999-latest')]);
      expect(error).toBeInstanceOf(LaterSchema);
      expect(error).toMatchObject({ migrations: ['999-later', '999-latest'] });
      expect(await database().migrate()).toEqual([]);
    });

    it.each<[string, (rows: Row[]) => Row[]]>([
      ['lacks one that this build knows', (rows) => [...rows.slice(0, -1), later('999-later')]],
      ['has an unknown one in the middle', (rows) => [later('001-other'), ...rows].sort(byName)],
    ])('is no later build when it %s', async (_name, change) => {
      const error = await refusal(change);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(LaterSchema);
    });
  });
}

const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);

function searchContract(database: () => Database): void {
  describe('search', () => {
    const clinicId = newId();
    const put = (text: string, tags: string[] = [], clinic = clinicId, caseId = newId()) =>
      database().write(clinic, async (trx) => {
        await database().search.put(trx, { clinicId: clinic, caseId, text, tags });
        return caseId;
      });
    const find = (
      text: string,
      query: { tags?: string[]; before?: string; limit?: number; clinic?: string } = {},
    ) =>
      database().search.find(database().read(clinicId), {
        limit: 20,
        ...query,
        text,
        clinicId: query.clinic ?? clinicId,
      });

    it('finds all words by their beginnings, without accents, newest first', async () => {
      const first = await put('Rex: vômitos e anorexia há 3 dias');
      const second = await put('Bella anorexia, polyuria');
      expect(await find('anorexia')).toEqual([second, first]);
      expect(await find('VOMITOS ano')).toEqual([first]);
      expect(await find('anor')).toEqual([second, first]);
      expect(await find('ano polyuria')).toEqual([second]);
      expect(await find('norexia')).toEqual([]);
      expect(await find('anorexia', { before: second })).toEqual([first]);
      expect(await find('anorexia', { limit: 1 })).toEqual([second]);
    });

    it('stays within the clinic', async () => {
      await put('zebra', [], newId());
      expect(await find('zebra')).toEqual([]);
      expect(await find('z')).toEqual([]);
    });

    it('filters by tags, which typed words never match', async () => {
      const cat = await put('seizure', ['species:cat']);
      await put('seizure', ['species:dog']);
      expect(await find('seizure', { tags: ['species:cat'] })).toEqual([cat]);
      expect(await find('species')).toEqual([]);
      expect(await find('§species§cat')).toEqual([]);
    });

    it('forgets what was replaced or removed', async () => {
      const id = await put('epistaxis');
      await put('haematuria', [], clinicId, id);
      expect(await find('epistaxis')).toEqual([]);
      expect(await find('haematuria')).toEqual([id]);
      await database().write(clinicId, (trx) => database().search.remove(trx, id));
      expect(await find('haematuria')).toEqual([]);
    });

    it('bounds by time of creation', async () => {
      const id = await put('lameness', [], clinicId, newId());
      const at = Date.now();
      const within = (from: number, to: number) =>
        database().search.find(database().read(clinicId), { clinicId, text: 'lameness', from, to, limit: 5 });
      expect(await within(at - 60_000, at + 60_000)).toEqual([id]);
      expect(await within(at + 60_000, at + 120_000)).toEqual([]);
      expect(await within(at - 120_000, at - 60_000)).toEqual([]);
    });

    it.each([
      '"',
      "' OR 1=1 --",
      'a AND',
      'NEAR(a b)',
      '* ',
      'terms:x',
      '(((',
      '-x',
      '\u{1F984}',
      'ª²ſ',
      'x'.repeat(5000),
    ])('takes %j as plain text', async (text) => {
      expect(await find(text)).toEqual([]);
    });

    it('keeps cases of one millisecond apart', async () => {
      const base = newId();
      const twin = `${base.slice(0, 24)}${'0'.repeat(12)}`;
      await put('ataxia', [], clinicId, base);
      await put('ataxia', [], clinicId, twin);
      expect((await find('ataxia')).sort()).toEqual([base, twin].sort());
    });
  });
}
