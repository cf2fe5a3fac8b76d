/** What is kept about AI: the clinic's switch, what its calls came to, and the names that must not leave. */
import type { CaseRecord } from '@mozarela/contract/cases';
import { newId } from '../../ids.ts';
import type { Executor } from '../../seams/database/port.ts';

export async function isAllowed(db: Executor, clinicId: string): Promise<boolean> {
  const row = await db
    .selectFrom('clinic_ai')
    .select('enabled')
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst();
  return row?.enabled === 1;
}

/** Turns the clinic's switch, and leaves a line in the audit. */
export async function setAllowed(
  trx: Executor,
  { clinicId, userId }: { clinicId: string; userId: string },
  enabled: boolean,
  now: number,
): Promise<void> {
  const row = { enabled: enabled ? (1 as const) : (0 as const), updated_by: userId, updated_at: now };
  await trx
    .insertInto('clinic_ai')
    .values({ clinic_id: clinicId, ...row })
    .onConflict((conflict) => conflict.column('clinic_id').doUpdateSet(row))
    .execute();
  const action = enabled ? 'ai.allowed' : 'ai.stopped';
  await trx
    .insertInto('audit')
    .values({ id: newId(now), at: now, actor: userId, action, target: clinicId, data: '{}' })
    .execute();
}

/** The UTC day of a time, as 2026-11-28. */
export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

export type Spent = { calls: number; hits: number; tokens: number; costMicros: number };

/** What a day came to so far. @param clinicId null: of all clinics */
export async function spentOn(db: Executor, day: string, clinicId: string | null): Promise<Spent> {
  let query = db
    .selectFrom('ai_usage')
    .select((select) => [
      select.fn.sum<number>('calls').as('calls'),
      select.fn.sum<number>('hits').as('hits'),
      select.fn.sum<number>('input_tokens').as('input'),
      select.fn.sum<number>('output_tokens').as('output'),
      select.fn.sum<number>('cost_micros').as('cost'),
    ])
    .where('day', '=', day);
  if (clinicId !== null) query = query.where('clinic_id', '=', clinicId);
  const row = await query.executeTakeFirst();
  return {
    calls: Number(row?.calls ?? 0),
    hits: Number(row?.hits ?? 0),
    tokens: Number(row?.input ?? 0) + Number(row?.output ?? 0),
    costMicros: Number(row?.cost ?? 0),
  };
}

/** Of all clinics, for administrators. @param day null: since the beginning */
export async function usageOfAll(db: Executor, day: string | null) {
  let query = db
    .selectFrom('ai_usage')
    .select((select) => [
      select.fn.sum<number>('calls').as('calls'),
      select.fn.sum<number>('hits').as('hits'),
      select.fn.sum<number>('input_tokens').as('inputTokens'),
      select.fn.sum<number>('output_tokens').as('outputTokens'),
      select.fn.sum<number>('saved_tokens').as('savedTokens'),
      select.fn.sum<number>('cost_micros').as('costMicros'),
    ]);
  if (day !== null) query = query.where('day', '=', day);
  const row = await query.executeTakeFirst();
  return {
    calls: Number(row?.calls ?? 0),
    hits: Number(row?.hits ?? 0),
    inputTokens: Number(row?.inputTokens ?? 0),
    outputTokens: Number(row?.outputTokens ?? 0),
    savedTokens: Number(row?.savedTokens ?? 0),
    cost: Number(row?.costMicros ?? 0) / 1_000_000,
  };
}

/** What GET /api/admin/stats says about AI: from the database, so the same on every instance. */
export async function aiStats(db: Executor, now: number) {
  const [today, total] = [await usageOfAll(db, dayOf(now)), await usageOfAll(db, null)];
  const { hits, calls: misses } = total;
  const answers = hits + misses;
  const hitRate = answers === 0 ? null : hits / answers;
  return { aiCache: { hits, misses, hitRate }, aiUsage: { today, total } };
}

export type Used = {
  calls?: number;
  hits?: number;
  inputTokens?: number;
  outputTokens?: number;
  savedTokens?: number;
  costMicros?: number;
};

/** Adds to the day's account of a clinic and model. */
export async function addUsage(
  trx: Executor,
  account: { day: string; clinicId: string; model: string },
  used: Used,
): Promise<void> {
  const row = {
    calls: used.calls ?? 0,
    hits: used.hits ?? 0,
    input_tokens: used.inputTokens ?? 0,
    output_tokens: used.outputTokens ?? 0,
    saved_tokens: used.savedTokens ?? 0,
    cost_micros: used.costMicros ?? 0,
  };
  await trx
    .insertInto('ai_usage')
    .values({ day: account.day, clinic_id: account.clinicId, model: account.model, ...row })
    .onConflict((conflict) =>
      conflict.columns(['day', 'clinic_id', 'model']).doUpdateSet((set) => ({
        calls: set('ai_usage.calls', '+', row.calls),
        hits: set('ai_usage.hits', '+', row.hits),
        input_tokens: set('ai_usage.input_tokens', '+', row.input_tokens),
        output_tokens: set('ai_usage.output_tokens', '+', row.output_tokens),
        saved_tokens: set('ai_usage.saved_tokens', '+', row.saved_tokens),
        cost_micros: set('ai_usage.cost_micros', '+', row.cost_micros),
      })),
    )
    .execute();
}

/** Names that the record holds: the patient, the clinic, its people, and the files of the case. */
export async function knownNames(db: Executor, clinicId: string, record: CaseRecord): Promise<string[]> {
  const people = await db
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .innerJoin('clinics', 'clinics.id', 'memberships.clinic_id')
    .select(['users.full_name', 'clinics.name as clinic_name'])
    .where('memberships.clinic_id', '=', clinicId)
    .execute();
  const files = record.attachments.map(({ name }) => name);
  const names = [record.patientName ?? '', ...people.flatMap((row) => [row.full_name, row.clinic_name])];
  return [...new Set([...names, ...files])].filter((name) => name.trim() !== '');
}
