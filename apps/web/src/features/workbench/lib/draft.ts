import type { Sex, Species } from '@mozarela/clinical/animals';
import type { CaseInput, Correction } from '@mozarela/clinical/types';
import type { CaseRecord } from '@mozarela/contract/cases';

/** What the form holds, as typed. */
export type Draft = {
  species: Species | null;
  breed: string;
  sex: Sex | null;
  age: string;
  weight: string;
  patientName: string;
  signs: string;
  labs: string;
  corrections: Correction[];
};

export const EMPTY_DRAFT: Draft = {
  species: null,
  breed: '',
  sex: null,
  age: '',
  weight: '',
  patientName: '',
  signs: '',
  labs: '',
  corrections: [],
};

export const SIGNS_LIMIT = 20_000;

export function isEmpty(draft: Draft): boolean {
  return !draft.signs.trim() && !draft.labs.trim() && !draft.patientName.trim() && !draft.breed.trim();
}

/** "4,2" and "4.2" kg; null when it is no weight; undefined when nothing is typed. */
export function parseWeight(text: string): number | null | undefined {
  const typed = text
    .trim()
    .replace(',', '.')
    .replace(/\s*kg$/i, '');
  if (!typed) return undefined;
  const weight = Number(typed);
  return Number.isFinite(weight) && weight > 0 && weight <= 5000 ? weight : null;
}

const orNull = (text: string) => text.trim() || null;

/** What the engine reads, or null while there is nothing to rank. */
export function toCaseInput(draft: Draft): CaseInput | null {
  const hasText = draft.signs.trim() || draft.labs.trim() || draft.corrections.length > 0;
  if (!draft.species || !hasText) return null;
  return {
    species: draft.species,
    breed: orNull(draft.breed),
    sex: draft.sex,
    age: orNull(draft.age),
    weightKg: parseWeight(draft.weight) ?? null,
    clinicalSigns: draft.signs,
    labFindings: draft.labs || null,
    corrections: draft.corrections,
  };
}

export type CaseBody = CaseInput & { patientName: string | null };

/** What the server stores. The caller has checked species, signs and weight. */
export function toCaseBody(draft: Draft, species: Species): CaseBody {
  return {
    species,
    patientName: orNull(draft.patientName),
    breed: orNull(draft.breed),
    sex: draft.sex,
    age: orNull(draft.age),
    weightKg: parseWeight(draft.weight) ?? null,
    clinicalSigns: draft.signs,
    labFindings: orNull(draft.labs),
    corrections: draft.corrections,
  };
}

export function draftOf(record: CaseRecord): Draft {
  return {
    species: record.species,
    breed: record.breed ?? '',
    sex: record.sex,
    age: record.age ?? '',
    weight: record.weightKg === null ? '' : String(record.weightKg),
    patientName: record.patientName ?? '',
    signs: record.clinicalSigns,
    labs: record.labFindings ?? '',
    corrections: record.corrections,
  };
}

const alike = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * A draft begun on what the record was, on what it is now: what was not touched in the draft is as the record has it.
 * @param base what the draft began with
 * @returns `conflict` when the draft and the record changed the same field, in different ways
 */
export function rebase(mine: Draft, base: Draft, record: Draft): { draft: Draft; conflict: boolean } {
  const draft = { ...mine };
  let conflict = false;
  const settle = <Field extends keyof Draft>(field: Field) => {
    if (alike(mine[field], base[field])) draft[field] = record[field];
    else conflict ||= !alike(record[field], base[field]) && !alike(record[field], mine[field]);
  };
  for (const field of Object.keys(EMPTY_DRAFT) as (keyof Draft)[]) settle(field);
  return { draft, conflict };
}

/** The same patient seen again: who it is stays, what was found does not. */
export function recheckOf(record: CaseRecord): Draft {
  return { ...draftOf(record), signs: '', labs: '', corrections: [] };
}
