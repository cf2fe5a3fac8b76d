/** What is read of cases. Every query is scoped to a clinic, except the administrators' list, which says so. */
import type { CaseRecord, CaseSummary } from '@mozarela/contract/cases';
import { contains } from '../../lib/contains.ts';
import { byId, type Page, pageOf } from '../../lib/page.ts';
import { iso, isoOrNull } from '../../lib/time.ts';
import type { Executor } from '../../seams/database/port.ts';
import { listAttachments } from './attachment-queries.ts';

/** Cases with what a list shows of them: their author and their newest analysis. */
export function selectSummaries(db: Executor) {
  return db
    .selectFrom('cases')
    .innerJoin('users as author', 'author.id', 'cases.created_by')
    .leftJoin('analyses as latest', (join) =>
      join.on('latest.id', '=', (on) =>
        on
          .selectFrom('analyses')
          .select('analyses.id')
          .whereRef('analyses.case_id', '=', 'cases.id')
          .where('analyses.comment_on', 'is', null)
          // One that failed or is not done hides no answer.
          .orderBy((eb) => eb('analyses.status', '=', 'succeeded'), 'desc')
          .orderBy('analyses.id', 'desc')
          .limit(1),
      ),
    )
    .select([
      'cases.id',
      'cases.clinic_id',
      'cases.patient_id',
      'cases.patient_name',
      'cases.species',
      'cases.breed',
      'cases.sex',
      'cases.age',
      'cases.weight_kg',
      'cases.status',
      'cases.outcome_diagnosis',
      'cases.created_by',
      'cases.created_at',
      'cases.updated_at',
      'cases.version',
      'author.full_name as author_name',
      'latest.id as latest_id',
      'latest.engine as latest_engine',
      'latest.status as latest_status',
      'latest.top as latest_top',
    ]);
}

export type SummaryRow = Awaited<ReturnType<ReturnType<typeof selectSummaries>['execute']>>[number];
type Latest = NonNullable<CaseSummary['latestAnalysis']>;

function latestAnalysis(row: SummaryRow): Latest | null {
  if (row.latest_id === null || row.latest_engine === null || row.latest_status === null) return null;
  const top = JSON.parse(row.latest_top ?? '[]') as Latest['top'];
  return { id: row.latest_id, engine: row.latest_engine, status: row.latest_status, top };
}

/** The fields that a list and a record share. Enumerations were checked when they were written. */
export function sharedFields(row: SummaryRow): Omit<CaseSummary, 'excerpt'> {
  return {
    id: row.id,
    patientId: row.patient_id,
    patientName: row.patient_name,
    species: row.species as CaseSummary['species'],
    breed: row.breed,
    sex: row.sex as CaseSummary['sex'],
    age: row.age,
    weightKg: row.weight_kg,
    status: row.status,
    latestAnalysis: latestAnalysis(row),
    outcome: row.outcome_diagnosis === null ? null : { diagnosis: row.outcome_diagnosis },
    createdBy: { id: row.created_by, fullName: row.author_name },
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
    version: row.version,
  };
}

export type AdminCase = Omit<CaseSummary, 'excerpt'> & { clinic: { id: string; name: string } };

/** Cases of all clinics for administrators: never their text; `q` is part of a clinic's, author's or patient's name. */
export async function listAllCases(
  db: Executor,
  { q, limit, cursor }: { q?: string; limit: number; cursor?: string },
): Promise<Page<AdminCase>> {
  let query = selectSummaries(db)
    .innerJoin('clinics', 'clinics.id', 'cases.clinic_id')
    .select('clinics.name as clinic_name')
    .where('cases.deleted_at', 'is', null)
    .orderBy('cases.id', 'desc')
    .limit(limit + 1);
  if (q?.trim())
    query = query.where((where) =>
      where.or(['clinics.name', 'author.full_name', 'cases.patient_name'].map((name) => contains(name, q))),
    );
  if (cursor) query = query.where('cases.id', '<', cursor);
  return pageOf(
    await query.execute(),
    limit,
    (row) => ({ ...sharedFields(row), clinic: { id: row.clinic_id, name: row.clinic_name } }),
    byId,
  );
}

export type CaseState = {
  id: string;
  clinicId: string;
  status: 'open' | 'signed';
  version: number;
  deletedAt: number | null;
};

/** What a write needs to know of a case before it may happen; null when the clinic has no such case. */
export async function caseState(db: Executor, clinicId: string, id: string): Promise<CaseState | null> {
  const row = await db
    .selectFrom('cases')
    .select(['id', 'clinic_id', 'status', 'version', 'deleted_at'])
    .where('id', '=', id)
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    clinicId: row.clinic_id,
    status: row.status,
    version: row.version,
    deletedAt: row.deleted_at,
  };
}

/** The whole record of a case that is not deleted; null when the clinic has none by this id. */
export async function findCase(db: Executor, clinicId: string, id: string): Promise<CaseRecord | null> {
  const row = await selectSummaries(db)
    .leftJoin('users as signer', 'signer.id', 'cases.signed_by')
    .select([
      'cases.clinical_signs',
      'cases.lab_findings',
      'cases.corrections',
      'cases.signed_at',
      'cases.signed_by',
      'signer.full_name as signer_name',
    ])
    .where('cases.id', '=', id)
    .where('cases.clinic_id', '=', clinicId)
    .where('cases.deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  return {
    ...sharedFields(row),
    clinicalSigns: row.clinical_signs,
    labFindings: row.lab_findings,
    corrections: JSON.parse(row.corrections) as CaseRecord['corrections'],
    attachments: await listAttachments(db, id),
    addenda: await listAddenda(db, id),
    signedAt: isoOrNull(row.signed_at),
    signedBy: row.signed_by === null ? null : { id: row.signed_by, fullName: row.signer_name ?? '' },
  };
}

async function listAddenda(db: Executor, caseId: string): Promise<CaseRecord['addenda']> {
  const rows = await db
    .selectFrom('addenda')
    .innerJoin('users', 'users.id', 'addenda.created_by')
    .select(['addenda.id', 'addenda.text', 'addenda.created_by', 'addenda.created_at', 'users.full_name'])
    .where('addenda.case_id', '=', caseId)
    .orderBy('addenda.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    text: row.text,
    createdBy: { id: row.created_by, fullName: row.full_name },
    createdAt: iso(row.created_at),
  }));
}

/** The history of a case, newest first; the cursor is the last sequence number seen. */
export async function listEvents(db: Executor, caseId: string, limit: number, before?: number) {
  let query = db
    .selectFrom('case_events')
    .leftJoin('users', 'users.id', 'case_events.actor')
    .select(['seq', 'type', 'at', 'data', 'users.id as actor_id', 'users.full_name'])
    .where('case_id', '=', caseId)
    .orderBy('seq', 'desc')
    .limit(limit + 1);
  if (before !== undefined) query = query.where('seq', '<', before);
  return pageOf(
    await query.execute(),
    limit,
    (row) => ({
      seq: row.seq,
      type: row.type,
      at: iso(row.at),
      actor: row.actor_id === null ? null : { id: row.actor_id, fullName: row.full_name ?? '' },
      data: JSON.parse(row.data) as Record<string, unknown>,
    }),
    ({ seq }) => String(seq),
  );
}

/** The clinic of a case that is not deleted, for administrators; null when there is none. */
export async function clinicOfCase(db: Executor, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('cases')
    .select('clinic_id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.clinic_id ?? null;
}
