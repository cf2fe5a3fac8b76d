/**
 * What each present finding of a case says of one condition. It is asked of every condition of the animal, so it
 * works on arrays that are made once a case and overwritten for each condition.
 */
import type { Evidence } from './evidence.ts';
import { type AnimalModel, leaky, type ScoringModel } from './model.ts';

export type Contribution = {
  evidence: Evidence;
  /** Final weight, natural log units, after certainty and group decay. */
  weight: number;
  role: 'explained' | 'unexplained' | 'against' | 'absent';
};

const EXPLAINED = 0;
const UNEXPLAINED = 1;
const AGAINST = 2;
const ROLES = ['explained', 'unexplained', 'against'] as const;

/** `unexplained`, `weight`, `term` and `role` run beside `present`. */
export type Weights = {
  model: ScoringModel;
  animal: AnimalModel;
  present: readonly Evidence[];
  /** Weight of each finding for a condition that does not explain it. */
  unexplained: Float64Array;
  weight: Float64Array;
  /** The finding at which it scores: itself, an ancestor that the condition lists, or one it shares with a sibling. */
  term: Int32Array;
  role: Uint8Array;
  /** Of the explained findings, the heaviest of each term. */
  best: Int32Array;
  /** Places in `present`, the heaviest weight first whatever its sign. */
  order: Int32Array;
  /** What the next finding of each organ system counts for, for and against. */
  used: Float64Array;
};

export function makeWeights(model: ScoringModel, animal: AnimalModel, present: readonly Evidence[]): Weights {
  return {
    model,
    animal,
    present,
    unexplained: Float64Array.from(present, (e) => ratio(model, animal, e.finding, 0) * e.certainty),
    weight: new Float64Array(present.length),
    term: new Int32Array(present.length),
    role: new Uint8Array(present.length),
    best: new Int32Array(present.length),
    order: new Int32Array(present.length),
    used: new Float64Array(model.groupCount * 2),
  };
}

/** The weight of all present findings together; the arrays hold what each of them adds. */
export function weighPresent(weights: Weights, condition: number): number {
  const against = weights.model.against[condition] as Int32Array;
  for (let i = 0; i < weights.present.length; i++) {
    if (against.length > 0 && isOpposed(weights, against, i)) weighAgainst(weights, i);
    else weighOne(weights, condition, i);
  }
  mergeTerms(weights);
  return decayByGroup(weights);
}

/** The same with the finding of each weight, the heaviest first. */
export function presentContributions(weights: Weights, condition: number): Contribution[] {
  weighPresent(weights, condition);
  return Array.from(weights.order, (i) => ({
    evidence: weights.present[i] as Evidence,
    weight: weights.weight[i] as number,
    role: ROLES[weights.role[i] as number] as Contribution['role'],
  }));
}

/** P(finding) of the disease that is not in the base: it shows half of what the case shows. */
const OTHER_FREQUENCY = 0.5;

/** The weight of all present findings for a disease unknown to the base that shows each of them half the time. */
export function weighForUnknown(weights: Weights): number {
  const { model, animal, present } = weights;
  present.forEach(({ finding, certainty }, i) => {
    set(weights, i, finding, ratio(model, animal, finding, OTHER_FREQUENCY) * certainty, EXPLAINED);
  });
  return decayByGroup(weights);
}

function set(weights: Weights, i: number, term: number, weight: number, role: number): void {
  weights.term[i] = term;
  weights.weight[i] = weight;
  weights.role[i] = role;
}

function isOpposed({ model, present }: Weights, against: Int32Array, i: number): boolean {
  const { finding } = present[i] as Evidence;
  if (against.includes(finding)) return true;
  return (model.ancestors[finding] as readonly number[]).some((a) => against.includes(a));
}

/**
 * A finding scores at the most specific term that the condition lists or that a listed child implies; else at its
 * nearest listed ancestor; a sibling of a listed finding gets part of the parent's evidence.
 */
function weighOne(weights: Weights, condition: number, i: number): void {
  const { model, animal, present } = weights;
  const { finding, certainty } = present[i] as Evidence;
  const row = condition * model.findings.length;
  const term = scoringTerm(model, row, finding);
  const unexplained = weights.unexplained[i] as number;
  if (term === NONE) {
    set(weights, i, finding, unexplained, UNEXPLAINED);
    return;
  }
  const explained = ratio(model, animal, term, model.freq[row + term] as number) * certainty;
  if (term === finding || model.listed[row + term] === 1) {
    set(weights, i, term, explained, EXPLAINED);
    return;
  }
  const { siblingCredit } = model.parameters;
  const weight = siblingCredit * explained + (1 - siblingCredit) * unexplained;
  set(weights, i, finding, weight, weight > 0 ? EXPLAINED : UNEXPLAINED);
}

const NONE = -1;

/** The finding itself, its nearest listed ancestor, else the nearest that only a listed sibling implies. */
function scoringTerm({ freq, listed, ancestors }: ScoringModel, row: number, finding: number): number {
  if ((freq[row + finding] as number) > 0) return finding;
  let shared = NONE;
  for (const a of ancestors[finding] as readonly number[]) {
    if (listed[row + a] === 1) return a;
    if (shared === NONE && (freq[row + a] as number) > 0) shared = a;
  }
  return shared;
}

function weighAgainst(weights: Weights, i: number): void {
  const { model, animal, present } = weights;
  const { finding, certainty } = present[i] as Evidence;
  const penalty = Math.log(model.parameters.againstFactor) + ratio(model, animal, finding, 0);
  set(weights, i, finding, Math.max(-model.parameters.positiveClamp, penalty) * certainty, AGAINST);
}

/** ln( P(finding | condition) / P(finding) ), clamped. */
function ratio(model: ScoringModel, animal: AnimalModel, finding: number, frequency: number): number {
  const limit = model.parameters.positiveClamp;
  const p = leaky(animal.background[finding] as number, frequency);
  return Math.min(limit, Math.max(-limit, Math.log(p / (animal.overall[finding] as number))));
}

/** Two findings that score at one term, or at a term and its parent, are one piece of evidence: the other weighs 0. */
function mergeTerms(weights: Weights): void {
  const { model, present, weight, term, best } = weights;
  const count = bestOfEachTerm(weights);
  for (let slot = 0; slot < count; slot++) {
    const i = best[slot] as number;
    if (i === MERGED) continue;
    const own = weight[i] as number;
    for (const a of model.ancestors[term[i] as number] as readonly number[]) {
      const other = slotOf(weights, count, a);
      if (other === count) continue;
      const general = best[other] as number;
      const sameWords = present[general]?.finding !== a;
      const dropped = sameWords || (weight[general] as number) <= own ? other : slot;
      if (best[dropped] === MERGED) continue;
      weight[best[dropped] as number] = 0;
      best[dropped] = MERGED;
    }
  }
}

const MERGED = -1;

/** Fills `best` with the heaviest explained finding of each term; returns how many there are. */
function bestOfEachTerm(weights: Weights): number {
  const { weight, term, role, best } = weights;
  let count = 0;
  for (let i = 0; i < term.length; i++) {
    if (role[i] !== EXPLAINED) continue;
    const slot = slotOf(weights, count, term[i] as number);
    if (slot === count) best[count++] = i;
    else if ((weight[i] as number) > (weight[best[slot] as number] as number)) {
      weight[best[slot] as number] = 0;
      best[slot] = i;
    } else weight[i] = 0;
  }
  return count;
}

/** Few findings are explained by one condition: looking through them beats a map. */
function slotOf({ best, term }: Weights, count: number, wanted: number): number {
  let slot = 0;
  while (slot < count && (best[slot] === MERGED || term[best[slot] as number] !== wanted)) slot++;
  return slot;
}

/** Within an organ system the strongest finding counts in full, each further one for less. Returns the sum. */
function decayByGroup(weights: Weights): number {
  const { model, present, weight, role, order, used } = weights;
  const { groupDecay } = model.parameters;
  sortByWeight(weights);
  used.fill(1);
  let sum = 0;
  for (let at = 0; at < order.length; at++) {
    const i = order[at] as number;
    const own = weight[i] as number;
    if (own !== 0 && role[i] !== AGAINST) {
      const group = model.group[(present[i] as Evidence).finding] as number;
      const slot = group * 2 + (own > 0 ? 0 : 1);
      weight[i] = own * (used[slot] as number);
      used[slot] = (used[slot] as number) * groupDecay;
    }
    sum += weight[i] as number;
  }
  return sum;
}

/** By insertion: a case has some twenty findings, and equal weights keep their order. */
function sortByWeight({ order, weight }: Weights): void {
  for (let i = 0; i < order.length; i++) {
    const own = Math.abs(weight[i] as number);
    let at = i;
    while (at > 0 && Math.abs(weight[order[at - 1] as number] as number) < own) {
      order[at] = order[at - 1] as number;
      at--;
    }
    order[at] = i;
  }
}
