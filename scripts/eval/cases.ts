/** Sets of cases with a diagnosis, one JSON object a line (packages/clinical/test/cases/README.md). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SEXES, SPECIES } from '../../packages/clinical/src/animals.ts';
import type { CaseInput } from '../../packages/clinical/src/types.ts';

const CASES = join(import.meta.dirname, '../../packages/clinical/test/cases');
export const OPEN_CASES = join(CASES, 'open.jsonl');
export const VIGNETTES = join(CASES, 'vignettes.jsonl');

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((v) => (v === null || v === undefined ? null : String(v)));

const caseSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  species: z.enum(SPECIES),
  breed: text,
  age: text,
  sex: z.enum(SEXES).nullish().catch(null),
  weight: text,
  clinicalSigns: z.string(),
  labFindings: text,
  diagnosis: z.string(),
  /** Names that count as right, lower case. */
  accept: z.array(z.string()).default([]),
  system: text,
  difficulty: text,
});
export type EvalCase = z.infer<typeof caseSchema>;

/** @throws with the line of a case that does not parse, without its text. */
export function loadCases(file: string): EvalCase[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return [];
      const parsed = caseSchema.safeParse(JSON.parse(line));
      if (parsed.success) return [parsed.data];
      throw new Error(
        `${file}:${i + 1} ${parsed.error.issues.map((e) => `${e.path.join('.')} ${e.message}`).join('; ')}`,
      );
    });
}

export function toInput(item: EvalCase): CaseInput {
  const weight = item.weight === null ? Number.NaN : Number.parseFloat(item.weight.replace(',', '.'));
  return {
    species: item.species,
    breed: item.breed,
    sex: item.sex ?? null,
    age: item.age,
    weightKg: Number.isFinite(weight) ? weight : null,
    clinicalSigns: item.clinicalSigns,
    labFindings: item.labFindings,
  };
}
