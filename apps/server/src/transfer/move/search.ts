/** The target's search index: built from the target's own cases, as a write of each of them would. */
import { indexCase } from '../../features/cases/search.ts';
import type { Database } from '../../seams/database/port.ts';
import { MOVE, readProgress, writeProgress } from './progress.ts';

const STEP = 'search';
const BATCH = 200;

/** Indexes what is not indexed yet. Cases that are deleted are not found, so they have no entry. */
export async function buildSearch(
  target: Database,
  options: { now: () => number; progress(cases: number): void },
): Promise<void> {
  const before = await readProgress(target.read(MOVE), STEP);
  if (before?.done) return;
  let last = before?.lastKey?.[0] ?? '';
  let indexed = 0;
  for (;;) {
    const cases = await target
      .read(MOVE)
      .selectFrom('cases')
      .select('id')
      .where('id', '>', String(last))
      .orderBy('id')
      .limit(BATCH)
      .execute();
    const end = cases.at(-1)?.id;
    await target.write(MOVE, async (trx) => {
      for (const { id } of cases) await indexCase(target, trx, id);
      const lastKey = end === undefined ? (before?.lastKey ?? null) : [end];
      await writeProgress(trx, STEP, { lastKey, done: end === undefined }, options.now());
    });
    if (end === undefined) return;
    last = end;
    indexed += cases.length;
    options.progress(indexed);
  }
}

/** Forgets that the index was built, when rows were repaired after it. */
export const resetSearch = (target: Database, now: number): Promise<void> =>
  target.write(MOVE, (trx) => writeProgress(trx, STEP, { lastKey: null, done: false }, now));
