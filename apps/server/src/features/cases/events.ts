/** The events of a case: what can happen, how it is written, and how others hear of it. */
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';
import { type CaseNotice, OUTBOX_CHANNEL } from '../../seams/events/port.ts';
import { describeError } from '../../telemetry/log.ts';
import { hashBefore, seal } from './chain.ts';
import { project } from './projection.ts';

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
  /** By the system, long after a deletion: what is left of the case is that it was. */
  'case.purged': Record<string, never>;
};

type Common = { caseId: string; clinicId: string; seq: number; at: number };

export type CaseEvent = {
  [Type in keyof CaseEventData]: Common & {
    type: Type;
    actor: Type extends 'case.purged' ? null : string;
    data: CaseEventData[Type];
  };
}[keyof CaseEventData];

export type EventOf<Type extends CaseEvent['type']> = Extract<CaseEvent, { type: Type }>;

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

/** The channel on which an event is announced to those who look at the clinic's cases. */
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
