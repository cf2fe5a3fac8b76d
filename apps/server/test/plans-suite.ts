/** Lists that grow with the years are answered by an index, whatever the database makes of them. Run on each. */
import { randomBytes } from 'node:crypto';
import { CompiledQuery, type KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAccount } from '../src/features/auth/queries.ts';
import { type CaseFilter, listCases } from '../src/features/cases/list.ts';
import { personalData } from '../src/features/me/service.ts';
import type { Session } from '../src/http/session.ts';
import { idBound, idFrom, newId } from '../src/ids.ts';
import { DAY_MS } from '../src/lib/time.ts';
import { ACCOUNTS, type Database, type Executor } from '../src/seams/database/port.ts';

const START = Date.UTC(2020, 0, 1);
const CASES = 6000;
const BATCH = 250;
const PEOPLE = 30;

type Person = { userId: string; clinicId: string };
type Options = {
  /** Of a database that nobody else uses, not yet migrated. */
  open(): Promise<Database>;
  /** The words before a query that make the database say how it would answer it. */
  explain: string;
  /** Run before the first look; statistics, where the database plans by them. */
  prepare?: string;
};

/** Cases of all people in turn, ten a day. */
async function fill(trx: Executor, people: Person[]): Promise<void> {
  for (const { userId, clinicId } of people) {
    const names = { email: `${userId}@a.example`, fullName: 'A', clinicName: 'C', passwordHash: null };
    await insertAccount(trx, { userId, clinicId, ...names }, START);
    const animal = { name: null, species: 'dog', breed: null, sex: null };
    const times = { created_at: START, updated_at: START };
    await trx
      .insertInto('patients')
      .values({ id: clinicId, clinic_id: clinicId, ...animal, ...times })
      .execute();
  }
  for (let done = 0; done < CASES; done += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, n) => caseRow(people[(done + n) % PEOPLE]!, done + n));
    await trx.insertInto('cases').values(rows).execute();
  }
}

function caseRow({ userId, clinicId }: Person, n: number) {
  const at = START + (n * DAY_MS) / 10;
  return {
    id: idFrom(at, randomBytes(10)),
    clinic_id: clinicId,
    patient_id: clinicId,
    species: n % 20 < 10 ? 'dog' : 'cat',
    clinical_signs: 'Vomiting and diarrhoea since yesterday. '.repeat(10),
    corrections: '[]',
    status: 'open' as const,
    created_by: userId,
    created_at: at,
    updated_at: at,
    version: 1,
  };
}

/** The queries that the work asks, as the database would answer them, one text each. */
async function plansOf(db: Executor, explain: string, work: (watched: Executor) => Promise<unknown>) {
  const queries: CompiledQuery[] = [];
  const watch: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      queries.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await work(db.withPlugin(watch));
  const plans: string[] = [];
  for (const { sql, parameters } of queries) {
    const { rows } = await db.executeQuery(CompiledQuery.raw(`${explain} ${sql}`, [...parameters]));
    plans.push(rows.map((row) => Object.values(row as object).join(' ')).join('\n'));
  }
  return plans;
}

export function plansSuite(name: string, { open, explain, prepare }: Options): void {
  describe(`plans: ${name}`, () => {
    const people = Array.from({ length: PEOPLE }, () => ({ userId: newId(), clinicId: newId() }));
    const [{ userId, clinicId }] = people as [Person];
    let database: Database;
    beforeAll(async () => {
      database = await open();
      await database.migrate();
      await database.write(ACCOUNTS, (trx) => fill(trx, people));
      if (prepare) await database.read(ACCOUNTS).executeQuery(CompiledQuery.raw(prepare));
    });
    afterAll(() => database?.close());

    it("a person's export reads the cases of that person only", async () => {
      const session = { userId, clinicId, clinicName: 'C', role: 'owner' } as Session;
      const plans = await plansOf(database.read(ACCOUNTS), explain, async (db) => {
        const { casesWritten } = await personalData(db, session);
        expect(casesWritten).toHaveLength(CASES / PEOPLE);
      });
      const [ofCases, ...others] = plans.filter((plan) => /\bcases/.test(plan));
      expect(others).toEqual([]);
      expect(ofCases).toContain('cases_author');
    });

    const DAY = START + (CASES / 20) * DAY_MS;
    const days = { from: DAY, to: DAY + DAY_MS };
    it.each<[string, Omit<CaseFilter, 'limit'>]>([
      ['between two days', days],
      ['until a day', { to: days.to }],
      ['of a species between two days', { ...days, species: 'dog' }],
      ['until a day, from a cursor', { to: days.to, cursor: idBound(DAY + 60 * DAY_MS) }],
    ])('the list %s does not walk from today', async (_name, filter) => {
      const plans = await plansOf(database.read(ACCOUNTS), explain, (db) =>
        listCases({ ...database, read: () => db }, clinicId, { ...filter, limit: 20 }),
      );
      expect(plans).toHaveLength(1);
      const lines = plans[0]!.split('\n');
      const at = lines.findIndex((line) => /cases_(newest|species)/.test(line));
      // PostgreSQL tells the bounds in the line below.
      const bounds = lines.slice(at, at + 2).join(' ');
      expect(bounds).toMatch(/\bid\)? ?</);
      if (filter.from !== undefined) expect(bounds).toMatch(/\bid\)? ?>/);
    });
  });
}
