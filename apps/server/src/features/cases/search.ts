import type { CaseSummary } from '@mozarela/contract/cases';
import { idTime } from '../../ids.ts';
import type { Database, Executor } from '../../seams/database/port.ts';

/** Words enough to tell that the index has a case; it takes no more in one search. */
const WORDS_CHECKED = 12;
/** Cases of the clinic made in one millisecond. */
const TWINS = 50;

/**
 * By patient, breed, signs, labs, recorded diagnosis and the top of its newest analysis a case is found; null when it
 * is deleted or gone.
 */
async function entryOf(trx: Executor, caseId: string) {
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
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const latest = await trx
    .selectFrom('analyses')
    .select('top')
    .where('case_id', '=', caseId)
    .where('comment_on', 'is', null)
    .where('status', '=', 'succeeded')
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
  return {
    clinicId: row.clinic_id,
    caseId,
    text: parts.filter(Boolean).join('\n'),
    tags: [`species:${row.species}`],
  };
}

/** Makes a case findable, or findable anew; one that was deleted is forgotten, whatever still has news of it. */
export async function indexCase(database: Database, trx: Executor, caseId: string): Promise<void> {
  const entry = await entryOf(trx, caseId);
  await (entry ? database.search.put(trx, entry) : database.search.remove(trx, caseId));
}

/** Whether a search for its own words and species finds a case; true for one without any word, false for one that is gone. */
export async function isIndexed({ search }: Database, trx: Executor, caseId: string): Promise<boolean> {
  const entry = await entryOf(trx, caseId);
  if (!entry) return false;
  const { clinicId, text, tags } = entry;
  const words = text.match(/[\p{L}\p{N}]+/gu)?.slice(0, WORDS_CHECKED);
  if (!words) return true;
  const at = idTime(caseId);
  const query = { clinicId, text: words.join(' '), tags, from: at, to: at + 1, limit: TWINS };
  return (await search.find(trx, query)).includes(caseId);
}
