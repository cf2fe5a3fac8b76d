import type { CaseSummary } from '@mozarela/contract/cases';
import type { Database, Executor } from '../../seams/database/port.ts';

/** Makes a case findable by patient, breed, signs, labs, recorded diagnosis and the top of its newest analysis. */
export async function indexCase(database: Database, trx: Executor, caseId: string): Promise<void> {
  const row = await trx
    .selectFrom('cases')
    .select([
      'clinic_id',
      'patient_name',
      'species',
      'breed',
      'clinical_signs',
      'lab_findings',
      'outcome_diagnosis',
    ])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const latest = await trx
    .selectFrom('analyses')
    .select('top')
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const top = JSON.parse(latest?.top ?? '[]') as NonNullable<CaseSummary['latestAnalysis']>['top'];
  const parts = [
    row.patient_name,
    row.breed,
    row.clinical_signs,
    row.lab_findings,
    row.outcome_diagnosis,
    ...top.map((diagnosis) => diagnosis.name),
  ];
  await database.search.put(trx, {
    clinicId: row.clinic_id,
    caseId,
    text: parts.filter(Boolean).join('\n'),
    tags: [`species:${row.species}`],
  });
}
