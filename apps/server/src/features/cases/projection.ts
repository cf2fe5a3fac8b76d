/**
 * Events to read tables, in the one place where that is decided. The functions that make rows are pure: a live write
 * applies them one event at a time, a rebuild folds all events of a case with them.
 */
import { type Selectable, sql } from 'kysely';
import type { Executor } from '../../seams/database/port.ts';
import type { AddendaTable, AttachmentsTable, CasesTable } from '../../seams/database/schema.ts';
import type { CaseContent, CaseEvent, EventOf } from './events.ts';

export type CaseRow = Selectable<CasesTable>;
export type AddendumRow = Selectable<AddendaTable>;
export type AttachmentRow = Selectable<AttachmentsTable>;

/** The rows that a case's events make; the case is null when it was purged. */
export type CaseRows = { case: CaseRow | null; addenda: AddendumRow[]; attachments: AttachmentRow[] };

type LaterEvent = Exclude<CaseEvent, { type: 'case.created' | 'case.purged' }>;

const columns = (content: Partial<CaseContent>) => ({
  ...(content.patientName !== undefined && { patient_name: content.patientName }),
  ...(content.species !== undefined && { species: content.species }),
  ...(content.breed !== undefined && { breed: content.breed }),
  ...(content.sex !== undefined && { sex: content.sex }),
  ...(content.age !== undefined && { age: content.age }),
  ...(content.weightKg !== undefined && { weight_kg: content.weightKg }),
  ...(content.clinicalSigns !== undefined && { clinical_signs: content.clinicalSigns }),
  ...(content.labFindings !== undefined && { lab_findings: content.labFindings }),
  ...(content.corrections !== undefined && { corrections: JSON.stringify(content.corrections) }),
});

function createdRow({ caseId, clinicId, seq, actor, at, data }: EventOf<'case.created'>): CaseRow {
  return {
    id: caseId,
    clinic_id: clinicId,
    patient_id: data.patientId,
    patient_name: data.patientName,
    species: data.species,
    breed: data.breed,
    sex: data.sex,
    age: data.age,
    weight_kg: data.weightKg,
    clinical_signs: data.clinicalSigns,
    lab_findings: data.labFindings,
    corrections: JSON.stringify(data.corrections),
    status: 'open',
    outcome_diagnosis: null,
    created_by: actor,
    created_at: at,
    updated_at: at,
    signed_by: null,
    signed_at: null,
    deleted_at: null,
    version: seq,
  };
}

/** What an event changes in `cases`. */
function changes(event: LaterEvent): Partial<CaseRow> {
  return { ...ownChanges(event), version: event.seq, updated_at: event.at };
}

function ownChanges(event: LaterEvent): Partial<CaseRow> {
  switch (event.type) {
    case 'case.changed':
      return columns(event.data);
    case 'case.deleted':
      return { deleted_at: event.at };
    case 'case.restored':
      return { deleted_at: null };
    case 'case.signed':
      return { status: 'signed', signed_at: event.at, signed_by: event.actor };
    case 'outcome.recorded':
      return { outcome_diagnosis: event.data.diagnosis };
    case 'addendum.added':
    case 'attachment.added':
    case 'attachment.removed':
      return {};
  }
}

const addendumRow = ({ caseId, actor, at, data }: EventOf<'addendum.added'>): AddendumRow => ({
  id: data.id,
  case_id: caseId,
  text: data.text,
  created_by: actor,
  created_at: at,
});

const attachmentRow = ({
  caseId,
  clinicId,
  actor,
  at,
  data,
}: EventOf<'attachment.added'>): AttachmentRow => ({
  id: data.id,
  case_id: caseId,
  clinic_id: clinicId,
  name: data.name,
  content_type: data.contentType,
  size: data.size,
  sha256: data.sha256,
  blob_key: data.blobKey,
  width: data.width,
  height: data.height,
  created_by: actor,
  created_at: at,
  deleted_at: null,
});

/** Applies one event to the read tables. */
export async function project(trx: Executor, event: CaseEvent): Promise<void> {
  switch (event.type) {
    case 'case.created':
      await insertCase(trx, createdRow(event));
      return refreshPatient(trx, event.data.patientId);
    case 'case.purged':
      return removeCase(trx, event.caseId);
    case 'addendum.added':
      await trx.insertInto('addenda').values(addendumRow(event)).execute();
      break;
    case 'attachment.added':
      await trx.insertInto('attachments').values(attachmentRow(event)).execute();
      break;
    case 'attachment.removed':
      await trx
        .updateTable('attachments')
        .set({ deleted_at: event.at })
        .where('id', '=', event.data.id)
        .execute();
  }
  const { patient_id } = await trx
    .updateTable('cases')
    .set(changes(event))
    .where('id', '=', event.caseId)
    .returning('patient_id')
    .executeTakeFirstOrThrow();
  await refreshPatient(trx, patient_id);
}

/** The rows that all events of a case make together. @param events in order */
export function fold(events: CaseEvent[]): CaseRows {
  const rows: CaseRows = { case: null, addenda: [], attachments: [] };
  // What was purged has no content left to fold.
  if (events.at(-1)?.type === 'case.purged') return rows;
  for (const event of events) {
    if (event.type === 'case.purged') continue;
    if (event.type === 'case.created') rows.case = createdRow(event);
    else if (rows.case) Object.assign(rows.case, changes(event));
    if (event.type === 'addendum.added') rows.addenda.push(addendumRow(event));
    if (event.type === 'attachment.added') rows.attachments.push(attachmentRow(event));
    if (event.type === 'attachment.removed')
      for (const row of rows.attachments) if (row.id === event.data.id) row.deleted_at = event.at;
  }
  return rows;
}

/** A new case, and its patient unless it is known. */
export async function insertCase(trx: Executor, row: CaseRow): Promise<void> {
  await trx
    .insertInto('patients')
    .values({
      id: row.patient_id,
      clinic_id: row.clinic_id,
      name: row.patient_name,
      species: row.species,
      breed: row.breed,
      sex: row.sex,
      created_at: row.created_at,
      updated_at: row.updated_at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await trx.insertInto('cases').values(row).execute();
}

/** Everything of a case except its events: also what no event made. */
export async function removeCase(trx: Executor, id: string): Promise<void> {
  for (const table of ['addenda', 'attachments', 'analyses', 'legacy_rows'] as const)
    await trx.deleteFrom(table).where('case_id', '=', id).execute();
  const removed = await trx
    .deleteFrom('cases')
    .where('id', '=', id)
    .returning('patient_id')
    .executeTakeFirst();
  if (removed) await refreshPatient(trx, removed.patient_id);
}

/** A patient is what its newest case says, whatever became of that case; without a case there is none. */
export async function refreshPatient(trx: Executor, id: string): Promise<void> {
  const { numAffectedRows } = await sql`update patients
    set (name, species, breed, sex, updated_at) =
        (select patient_name, species, breed, sex, updated_at from cases
         where patient_id = ${id} order by id desc limit 1),
      created_at = (select min(created_at) from cases where patient_id = ${id})
    where id = ${id} and exists (select 1 from cases where patient_id = ${id})`.execute(trx);
  if (numAffectedRows === 0n) await trx.deleteFrom('patients').where('id', '=', id).execute();
}
