/**
 * The events of a case and the one function that turns them into the read tables. Live writes and a rebuild both
 * go through `project`, so the tables are what the events say and nothing else.
 */
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';
import type { CaseNotice } from '../../seams/events/port.ts';
import { describeError } from '../../telemetry/log.ts';
import { hashBefore, seal } from './chain.ts';

export type CaseContent = {
  patientName: string | null;
  species: string;
  breed: string | null;
  sex: string | null;
  age: string | null;
  weightKg: number | null;
  clinicalSigns: string;
  labFindings: string | null;
  corrections: { finding: string; assertion: 'present' | 'absent' | 'unsure' }[];
};

/** A file of a case: what is known of it, and where its bytes are. */
export type AttachmentFile = {
  id: string;
  name: string;
  contentType: string;
  size: number;
  sha256: string;
  blobKey: string;
  width: number | null;
  height: number | null;
};

export type CaseEventData = {
  'case.created': CaseContent & { patientId: string };
  'case.changed': Partial<CaseContent>;
  'case.deleted': Record<string, never>;
  'case.restored': Record<string, never>;
  'case.signed': Record<string, never>;
  'addendum.added': { id: string; text: string };
  'outcome.recorded': { diagnosis: string };
  'attachment.added': AttachmentFile;
  'attachment.removed': { id: string };
};

type Common = { caseId: string; clinicId: string; seq: number; actor: string; at: number };

export type CaseEvent = {
  [Type in keyof CaseEventData]: Common & { type: Type; data: CaseEventData[Type] };
}[keyof CaseEventData];

/** Appends the event and updates the read tables. Fails on a unique key when `seq` is taken: a stale writer. */
export async function append(trx: Executor, event: CaseEvent): Promise<void> {
  const data = JSON.stringify(event.data);
  const sealed = seal(await hashBefore(trx, event.caseId, event.seq), { ...event, data });
  await trx
    .insertInto('case_events')
    .values({
      case_id: event.caseId,
      clinic_id: event.clinicId,
      seq: event.seq,
      type: event.type,
      actor: event.actor,
      at: event.at,
      data,
      data_hash: sealed.dataHash,
      hash: sealed.hash,
    })
    .execute();
  await project(trx, event);
}

/** The channels on which an event is announced: to the relay, and to those who look at the clinic's cases. */
export const OUTBOX_CHANNEL = 'outbox';
export const clinicChannel = (clinicId: string): string => `clinic:${clinicId}`;

export type Announced = Pick<CaseNotice, 'caseId' | 'seq' | 'type' | 'at'>;

/** Hints, after the commit, that there is an event: who misses it finds it in the table. */
export function announce({ live, log }: Ports, event: Announced & { clinicId: string }): void {
  const { clinicId, caseId, seq, type, at } = event;
  const hints = [
    live.publish(OUTBOX_CHANNEL, clinicId),
    live.publish(clinicChannel(clinicId), JSON.stringify({ caseId, seq, type, at } satisfies Announced)),
  ];
  for (const hint of hints)
    hint.catch((error: unknown) => log.debug({ error: describeError(error) }, 'event not announced'));
}

/** Applies one event to the read tables. */
export async function project(trx: Executor, event: CaseEvent): Promise<void> {
  if (event.type === 'case.created') return projectCreated(trx, event);
  await trx
    .updateTable('cases')
    .set({ ...changes(event), version: event.seq, updated_at: event.at })
    .where('id', '=', event.caseId)
    .execute();
  if (event.type === 'case.changed') await projectPatient(trx, event.caseId, event.at);
  if (event.type === 'attachment.added') await projectAttachment(trx, event);
  if (event.type === 'attachment.removed')
    await trx
      .updateTable('attachments')
      .set({ deleted_at: event.at })
      .where('id', '=', event.data.id)
      .execute();
  if (event.type === 'addendum.added')
    await trx
      .insertInto('addenda')
      .values({
        id: event.data.id,
        case_id: event.caseId,
        text: event.data.text,
        created_by: event.actor,
        created_at: event.at,
      })
      .execute();
}

/** What an event changes in `cases`, beside version and time. */
function changes(event: Exclude<CaseEvent, { type: 'case.created' }>) {
  switch (event.type) {
    case 'case.changed':
      return columns(event.data);
    case 'case.deleted':
      return { deleted_at: event.at };
    case 'case.restored':
      return { deleted_at: null };
    case 'case.signed':
      return { status: 'signed' as const, signed_at: event.at, signed_by: event.actor };
    case 'outcome.recorded':
      return { outcome_diagnosis: event.data.diagnosis };
    case 'addendum.added':
    case 'attachment.added':
    case 'attachment.removed':
      return {};
  }
}

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

async function projectCreated(
  trx: Executor,
  { caseId, clinicId, seq, actor, at, data }: Extract<CaseEvent, { type: 'case.created' }>,
): Promise<void> {
  const animal = { species: data.species, breed: data.breed, sex: data.sex };
  const patient = { ...animal, name: data.patientName, updated_at: at };
  await trx
    .insertInto('patients')
    .values({ id: data.patientId, clinic_id: clinicId, created_at: at, ...patient })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(patient))
    .execute();
  await trx
    .insertInto('cases')
    .values({
      id: caseId,
      clinic_id: clinicId,
      patient_id: data.patientId,
      patient_name: data.patientName,
      ...animal,
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
    })
    .execute();
}

async function projectAttachment(
  trx: Executor,
  { caseId, clinicId, actor, at, data }: Extract<CaseEvent, { type: 'attachment.added' }>,
): Promise<void> {
  await trx
    .insertInto('attachments')
    .values({
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
    })
    .execute();
}

/** A patient is what the case that was written last says of it. */
async function projectPatient(trx: Executor, caseId: string, at: number): Promise<void> {
  const row = await trx
    .selectFrom('cases')
    .select(['patient_id', 'patient_name', 'species', 'breed', 'sex'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('patients')
    .set({ name: row.patient_name, species: row.species, breed: row.breed, sex: row.sex, updated_at: at })
    .where('id', '=', row.patient_id)
    .execute();
}
