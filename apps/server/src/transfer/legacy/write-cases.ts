/** Cases into the database through their events, with their results and the search index: one transaction a batch. */
import { append } from '../../features/cases/events.ts';
import { indexCase } from '../../features/cases/search.ts';
import { ACCOUNTS, type Database, type Executor } from '../../seams/database/port.ts';
import { planFormerMember } from './account.ts';
import type { PlannedCase } from './case.ts';
import { type KeptRow, keepRows } from './keep.ts';
import { rawOf } from './read.ts';
import { insertImported, type Owner } from './write-accounts.ts';

export type CaseWithOwner = PlannedCase & { ownership: Owner; isOrphan: boolean };

/** The account that stands in for one that the original no longer had. */
export function formerOwner(key: string | null): Owner {
  const { userId, clinicId } = planFormerMember(key);
  return { userId, clinicId };
}

async function ensureFormerMember(trx: Executor, key: string | null): Promise<void> {
  const account = planFormerMember(key);
  const there = await trx
    .selectFrom('users')
    .select('id')
    .where('id', '=', account.userId)
    .executeTakeFirst();
  if (!there) await insertImported(trx, { ...account, passwordHash: null });
}

async function writeCase(database: Database, trx: Executor, planned: CaseWithOwner): Promise<void> {
  const { id, at, content, patientId, ownership, analysis } = planned;
  const { userId, clinicId } = ownership;
  await append(trx, {
    type: 'case.created',
    caseId: id,
    clinicId,
    seq: 1,
    actor: userId,
    at,
    data: { ...content, patientId },
  });
  if (analysis)
    await trx
      .insertInto('analyses')
      .values({
        id: planned.analysisId,
        case_id: id,
        clinic_id: clinicId,
        case_version: 1,
        engine: analysis.engine,
        engine_version: analysis.engineVersion,
        protocol_id: null,
        protocol_version: null,
        model: null,
        status: 'succeeded',
        progress: 100,
        cached: 0,
        top: JSON.stringify(analysis.top),
        result: JSON.stringify(analysis.result),
        error_code: null,
        error_message: null,
        requested_by: userId,
        created_at: at,
        finished_at: at,
      })
      .execute();
  await indexCase(database, trx, id);
}

const keptOf = ({ row, notes, id }: PlannedCase): KeptRow[] =>
  notes.keep
    ? [{ table: 'cases', key: row.key, raw: rawOf(row), reason: notes.reasons.join('; '), caseId: id }]
    : [];

/** Writes a batch and the rows that are kept as they were; answers the ids of cases that were there already. */
export async function writeCases(
  database: Database,
  batch: CaseWithOwner[],
  unreadable: KeptRow[],
  now: number,
): Promise<Set<string>> {
  return database.write(ACCOUNTS, async (trx) => {
    const ids = batch.map(({ id }) => id);
    const there = ids.length
      ? await trx
          .selectFrom('case_events')
          .select('case_id')
          .where('case_id', 'in', ids)
          .where('seq', '=', 1)
          .execute()
      : [];
    const already = new Set(there.map(({ case_id }) => case_id));
    const fresh = batch.filter(({ id }) => !already.has(id));
    for (const key of new Set(fresh.filter(({ isOrphan }) => isOrphan).map(({ owner }) => owner)))
      await ensureFormerMember(trx, key);
    for (const planned of fresh) await writeCase(database, trx, planned);
    await keepRows(trx, [...unreadable, ...batch.flatMap(keptOf)], now);
    return already;
  });
}
