/** Gates and multipliers from species, sex, age and breed. */
import type { Animal, Sex } from '../animals.ts';
import type { Condition } from '../knowledge/schema.ts';
import type { Signalment } from '../types.ts';
import type { Parameters } from './parameters.ts';

/** Usual length of life in years, for the ages at which sick patients are seen. */
const LIFESPAN: Record<Animal, number> = {
  dog: 14,
  cat: 17,
  horse: 28,
  cow: 10,
  rabbit: 10,
  bird: 20,
  ferret: 8,
  guinea_pig: 6,
  hamster: 2.5,
  rat: 3,
  chinchilla: 14,
  hedgehog: 5,
  tortoise: 60,
  lizard: 12,
  snake: 20,
  sheep: 10,
  goat: 13,
  pig: 10,
  camelid: 18,
  donkey: 30,
};

/** Share of patients by share of life lived: the young and the old are seen more. */
const AGES_SEEN: readonly [from: number, to: number, share: number][] = [
  [0, 0.02, 0.07],
  [0.02, 0.07, 0.13],
  [0.07, 0.3, 0.23],
  [0.3, 0.7, 0.33],
  [0.7, 1.05, 0.24],
];

/** Years: risk begins, is full from, is full until, ends. */
export type Ages = readonly [number, number, number, number];

export type Factor = { factor: string; multiplier: number };

const SEX_WORDS: Record<Sex, string> = {
  M: 'an entire male',
  MN: 'a neutered male',
  F: 'an entire female',
  FS: 'a spayed female',
};

export type Gate = 'animal' | 'sex';

/** What rules the condition out in this patient, or null. Gates are absolute. */
export function gate(condition: Condition, { animals, sex }: Signalment): Gate | null {
  if (!animals.some((animal) => animal in condition.species)) return 'animal';
  return sex && condition.signalment.sex?.[sex] === 0 ? 'sex' : null;
}

export function gateWords(kind: Gate, { animals, sex }: Signalment): string {
  return kind === 'sex' && sex
    ? `cannot occur in ${SEX_WORDS[sex]}`
    : `not known in the ${animals.map((a) => a.replace('_', ' ')).join(', ')}`;
}

/** Multipliers of risk that apply, each with the words shown to the vet; 1 is left out. `meanRisk`: `meanAgeRisk`. */
export function signalmentFactors(
  condition: Condition,
  signalment: Signalment,
  parameters: Parameters,
  meanRisk: number,
): Factor[] {
  const factors: Factor[] = [];
  const { age, sex, breeds } = condition.signalment;
  if (age && signalment.ageYears !== null) {
    const multiplier = ageRisk(signalment.ageYears, age, parameters.ageFloor) / meanRisk;
    factors.push({ factor: `age ${formatAge(signalment.ageYears)}`, multiplier });
  }
  if (sex && signalment.sex && sex[signalment.sex] !== undefined)
    factors.push({ factor: `sex ${signalment.sex}`, multiplier: sex[signalment.sex] as number });
  const breed = breeds ? breedMultiplier(breeds, signalment) : null;
  if (breed) factors.push(breed);
  return factors.filter((f) => Math.abs(f.multiplier - 1) > 0.05);
}

/** The product, clamped. */
export function signalmentMultiplier(factors: readonly Factor[], parameters: Parameters): number {
  const product = factors.reduce((m, f) => m * f.multiplier, 1);
  const limit = parameters.signalmentClamp;
  return Math.min(limit, Math.max(1 / limit, product));
}

/** Share of the risk at an age, from `floor` to 1. */
export function ageRisk(years: number, ages: Ages, floor: number): number {
  return floor + (1 - floor) * trapezoid(years, ages);
}

/**
 * Mean of `ageRisk` over the ages at which patients of this animal are seen. Risk at an age over this mean is the
 * multiplier: a disease of a narrow age gains inside it, and one of every age is unmoved.
 */
export function meanAgeRisk(ages: Ages, animal: Animal, floor: number): number {
  const life = LIFESPAN[animal];
  const steps = 8;
  let mean = 0;
  for (const [from, to, share] of AGES_SEEN) {
    for (let i = 0; i < steps; i++)
      mean += (share / steps) * ageRisk(life * (from + ((to - from) * (i + 0.5)) / steps), ages, floor);
  }
  return mean;
}

/** 0 outside, 1 on the plateau, straight in between. */
function trapezoid(
  x: number,
  [begins, full, until, ends]: readonly [number, number, number, number],
): number {
  if (x >= full && x <= until) return 1;
  if (x <= begins || x >= ends) return 0;
  return x < full ? (x - begins) / (full - begins) : (ends - x) / (ends - until);
}

/** The breed's own multiplier, else the strongest of its groups, else that of `other` breeds. */
function breedMultiplier(breeds: Record<string, number>, signalment: Signalment): Factor | null {
  const { breedId, breedGroups } = signalment;
  if (breedId !== null && breeds[breedId] !== undefined)
    return { factor: `breed ${breedId.replaceAll('_', ' ')}`, multiplier: breeds[breedId] };
  let best: Factor | null = null;
  for (const group of breedGroups) {
    const multiplier = breeds[group];
    if (multiplier === undefined) continue;
    if (best === null || Math.abs(Math.log(multiplier)) > Math.abs(Math.log(best.multiplier)))
      best = { factor: `breed type ${group.replaceAll('_', ' ')}`, multiplier };
  }
  if (best === null && breedId !== null && breeds.other !== undefined)
    return { factor: 'breed not among those at risk', multiplier: breeds.other };
  return best;
}

/** "10 weeks", "7 months", "6 years". */
export function formatAge(years: number): string {
  const plural = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;
  if (years < 2 / 12) return plural(Math.round(years * 52), 'week');
  if (years < 2) return plural(Math.round(years * 12), 'month');
  return plural(Math.round(years * 10) / 10, 'year');
}
