/** A day of clinics for tests: published cases, each typed again and again by other people in other ways. */
import { readFileSync } from 'node:fs';
import type { CaseInput } from '@mozarela/clinical/types';

const OPEN_CASES = new URL('../../../../../packages/clinical/test/cases/open.jsonl', import.meta.url);

const OWNERS = [
  'Mrs Smith',
  'Mr. and Mrs. Okafor',
  'Sr. João da Silva',
  'Dona Teresa Matos',
  'Ms Anna Kowalczyk',
  'Dr Lee',
];
const PETS = ['Bramble', 'Rex', 'Mia', 'Luna', 'Biscuit', 'Tareco', 'Sir Barks'];
const DATES = ['12/03/2025', '2025-03-12', '3 May 2024', '1 de abril de 2025', 'March 4th, 2025', '28.02.25'];
const CLINICS = [
  'Oakfield Vets',
  'Clínica Veterinária da Luz',
  'Riverside Animal Hospital',
  'Hospital Veterinário do Porto',
];
const PHONES = ['912 345 678', '(11) 98765-4321', '07700 900123', '(555) 123-4567', '+351 21 123 45 67'];

export const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** The distinct cases of the day: published ones, filled up with variations of weight. */
export function distinctCases(count: number): CaseInput[] {
  const lines = readFileSync(OPEN_CASES, 'utf8').trim().split('\n');
  const open = lines
    .map((line) => JSON.parse(line))
    .map(({ species, breed, age, sex, clinicalSigns, labFindings }) => ({
      species,
      breed: breed || null,
      age: age || null,
      sex: sex || null,
      clinicalSigns,
      labFindings: labFindings || null,
    }));
  return Array.from({ length: count }, (_, i) => ({
    ...(pick(open, i) as CaseInput),
    weightKg: i < open.length ? null : 10 + i,
  }));
}

/** One more typing of a case: other people, days, spaces, letters, and another order of the fields. */
export function typed(input: CaseInput, n: number): { input: CaseInput; known: string[] } {
  const pet = pick(PETS, n);
  const opening = `Owner: ${pick(OWNERS, n)}, tel ${pick(PHONES, n >> 1)}. ${pet} seen on ${pick(DATES, n)} at ${pick(CLINICS, n >> 2)}.`;
  const spaced =
    n % 3 === 0
      ? input.clinicalSigns.replaceAll('. ', '.\r\n')
      : input.clinicalSigns.replaceAll(' ', ' '.repeat(1 + (n % 2)));
  const clinicalSigns = `${opening} ${n % 5 === 0 ? spaced.toUpperCase() : spaced}`;
  const fields = Object.entries({ ...input, clinicalSigns });
  return { input: Object.fromEntries(n % 2 ? fields : fields.toReversed()) as CaseInput, known: [pet] };
}
