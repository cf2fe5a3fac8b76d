/** All read models from the events, clinic by clinic. With api.ts and jobs.ts, one of the places that know features. */
import { caseIds, type Difference, orphans, rebuildCase, rebuildPatients } from './features/cases/rebuild.ts';
import { rebuildStatistics } from './features/statistics/rebuild.ts';
import type { Ports } from './ports.ts';
import { ACCOUNTS } from './seams/database/port.ts';

/** Cases of one transaction: other writes of the clinic wait for it. */
const BATCH = 50;
const CLINICS = 500;

export type Rebuilt = { clinics: number; cases: number; differences: Difference[] };

/**
 * Compares, and with `repair` puts right, the tables of cases, patients, addenda, attachments, search and statistics.
 * Can be ended at any moment and begun again.
 */
export async function rebuild({ database }: Ports, repair: boolean): Promise<Rebuilt> {
  const result: Rebuilt = { clinics: 0, cases: 0, differences: [] };
  for (let cursor = ''; ; ) {
    const clinics = await database
      .read(ACCOUNTS)
      .selectFrom('clinics')
      .select('id')
      .where('id', '>', cursor)
      .orderBy('id')
      .limit(CLINICS)
      .execute();
    for (const { id } of clinics) {
      const { cases, differences } = await rebuildClinic({ database }, id, repair);
      result.clinics += 1;
      result.cases += cases;
      result.differences.push(...differences);
    }
    if (clinics.length < CLINICS) return result;
    cursor = clinics.at(-1)!.id;
  }
}

async function rebuildClinic({ database }: Pick<Ports, 'database'>, clinicId: string, repair: boolean) {
  const ids = await caseIds(database.read(ACCOUNTS), clinicId);
  const differences: Difference[] = [];
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const found = await database.write(clinicId, async (trx) => {
      const list: Difference[] = [];
      for (const id of batch) list.push(...(await rebuildCase(database, trx, { id, clinicId, repair })));
      return list;
    });
    differences.push(...found);
  }
  // What is counted from altered events would carry the alteration on.
  const sound = differences.every(({ kind }) => kind !== 'altered');
  const rest = await database.write(clinicId, async (trx) => {
    const all = await caseIds(trx, clinicId);
    const days = await rebuildStatistics(trx, clinicId, all, repair && sound);
    return [
      ...(await rebuildPatients(trx, clinicId, repair)),
      ...(await orphans(trx, clinicId)),
      ...days.map((day): Difference => {
        return { table: 'case_statistics', id: `${clinicId} ${day}`, kind: 'different' };
      }),
    ];
  });
  return { cases: ids.length, differences: [...differences, ...rest] };
}
