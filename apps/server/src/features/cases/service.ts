/** What can be done to a case. Each write is one transaction: event, read tables, search index. */
import type { CaseRecord } from '@mozarela/contract/cases';
import { AppError } from '../../http/errors.ts';
import { type IdempotencyClaim, once } from '../../http/once.ts';
import { newId } from '../../ids.ts';
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';
import { announce, append, type CaseContent, type CaseEvent, type CaseEventData } from './events.ts';
import { RESTORABLE_MS } from './purge.ts';
import { type CaseState, caseState, findCase } from './queries.ts';
import { indexCase } from './search.ts';

/** Who acts, and in which clinic. */
export type Actor = { userId: string; clinicId: string };

export type NewCase = CaseContent & { patientId?: string };

type Change = {
  [Type in Exclude<keyof CaseEventData, 'case.purged'>]: { type: Type; data: CaseEventData[Type] };
}[Exclude<keyof CaseEventData, 'case.purged'>];

const notFound = () => new AppError('not_found');

async function recordOf(trx: Executor, actor: Actor, id: string): Promise<CaseRecord> {
  const record = await findCase(trx, actor.clinicId, id);
  if (!record) throw notFound();
  return record;
}

/** Saves a new case; with a patient's id it is a recheck of that patient of the clinic. */
export async function createCase(
  ports: Ports,
  actor: Actor,
  input: NewCase,
  claim: IdempotencyClaim | null,
): Promise<CaseRecord> {
  const { patientId, ...content } = input;
  const record = await ports.database.write(actor.clinicId, (trx) =>
    once(trx, claim, ports.now(), async () => {
      if (patientId) await requirePatient(trx, actor.clinicId, patientId);
      const at = ports.now();
      const id = newId(at);
      await append(trx, {
        type: 'case.created',
        caseId: id,
        clinicId: actor.clinicId,
        seq: 1,
        actor: actor.userId,
        at,
        data: { ...content, patientId: patientId ?? newId(at) },
      });
      await indexCase(ports.database, trx, id);
      return recordOf(trx, actor, id);
    }),
  );
  const at = Date.parse(record.createdAt);
  announce(ports, { caseId: record.id, clinicId: actor.clinicId, seq: 1, type: 'case.created', at });
  return record;
}

async function requirePatient(trx: Executor, clinicId: string, patientId: string): Promise<void> {
  const row = await trx
    .selectFrom('patients')
    .select('id')
    .where('id', '=', patientId)
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst();
  if (!row) throw notFound();
}

/** Reads the case inside the transaction, lets `decide` refuse or name the change, and appends it. */
async function change(
  ports: Ports,
  actor: Actor,
  id: string,
  decide: (state: CaseState) => Change,
): Promise<CaseRecord | null> {
  const { event, record } = await ports.database.write(actor.clinicId, async (trx) => {
    const state = await caseState(trx, actor.clinicId, id);
    if (!state) throw notFound();
    const event = {
      ...decide(state),
      caseId: id,
      clinicId: actor.clinicId,
      seq: state.version + 1,
      actor: actor.userId,
      at: ports.now(),
    } as CaseEvent;
    await append(trx, event);
    if (event.type === 'case.deleted') {
      await ports.database.search.remove(trx, id);
      return { event, record: null };
    }
    await indexCase(ports.database, trx, id);
    return { event, record: await recordOf(trx, actor, id) };
  });
  announce(ports, event);
  return record;
}

/** As `change`, for a case that is not deleted and stays. */
async function changeLive(
  ports: Ports,
  actor: Actor,
  id: string,
  decide: (state: CaseState) => Change,
): Promise<CaseRecord> {
  const record = await change(ports, actor, id, (state) => {
    if (state.deletedAt !== null) throw notFound();
    return decide(state);
  });
  if (!record) throw notFound();
  return record;
}

function requireOpenAt(state: CaseState, version: number): void {
  if (state.status === 'signed') throw new AppError('record_signed');
  if (state.version !== version)
    throw new AppError('version_conflict', {
      detail: `The record is at version ${state.version}; yours is ${version}. Reload it and apply your change again.`,
    });
}

/** Changes an open case that is still at `version`. */
export const changeCase = (
  ports: Ports,
  actor: Actor,
  id: string,
  version: number,
  data: Partial<CaseContent>,
): Promise<CaseRecord> =>
  changeLive(ports, actor, id, (state) => {
    requireOpenAt(state, version);
    return { type: 'case.changed', data };
  });

/** Signs and thereby locks a case that is still at `version`. */
export const signCase = (ports: Ports, actor: Actor, id: string, version: number): Promise<CaseRecord> =>
  changeLive(ports, actor, id, (state) => {
    requireOpenAt(state, version);
    return { type: 'case.signed', data: {} };
  });

/** Adds to a signed record; an open one is simply edited. */
export const addAddendum = (ports: Ports, actor: Actor, id: string, text: string): Promise<CaseRecord> =>
  changeLive(ports, actor, id, (state) => {
    if (state.status !== 'signed')
      throw new AppError('conflict', {
        detail: 'Only a signed record takes addenda: edit this one instead.',
      });
    return { type: 'addendum.added', data: { id: newId(ports.now()), text } };
  });

/** Records the final diagnosis, of a signed case too: it often comes later. */
export const recordOutcome = (
  ports: Ports,
  actor: Actor,
  id: string,
  diagnosis: string,
): Promise<CaseRecord> =>
  changeLive(ports, actor, id, () => ({ type: 'outcome.recorded', data: { diagnosis } }));

/** Hides a case; its events and its content stay for 30 days. Deleting twice is not found, a signed record stays. */
export async function deleteCase(ports: Ports, actor: Actor, id: string): Promise<void> {
  await change(ports, actor, id, (state) => {
    if (state.deletedAt !== null) throw notFound();
    if (state.status === 'signed') throw new AppError('record_signed');
    return { type: 'case.deleted', data: {} };
  });
}

/** Undoes a deletion within 30 days. */
export async function restoreCase(ports: Ports, actor: Actor, id: string): Promise<CaseRecord> {
  const record = await change(ports, actor, id, (state) => {
    if (state.deletedAt === null) throw new AppError('conflict', { detail: 'This case is not deleted.' });
    if (ports.now() - state.deletedAt > RESTORABLE_MS) throw notFound();
    return { type: 'case.restored', data: {} };
  });
  if (!record) throw notFound();
  return record;
}
