/** The score of one condition in one patient, with every finding's contribution. */
import { FREQUENCY } from '../knowledge/frequency.ts';
import type { Signalment } from '../types.ts';
import { type CaseEvidence, type Evidence, testKind } from './evidence.ts';
import { type AnimalModel, commonnessWeight, leaky, logAbsence, type ScoringModel } from './model.ts';
import { type Factor, signalmentFactors, signalmentMultiplier } from './signalment.ts';

export type Contribution = {
  evidence: Evidence;
  /** Final weight, natural log units, after certainty and group decay. */
  weight: number;
  role: 'explained' | 'unexplained' | 'against' | 'absent';
};

export type Scored = {
  condition: number;
  score: number;
  factors: Factor[];
  /** Of the present findings; those of the absent ones are made on demand (`weighAbsent`). */
  contributions: Contribution[];
};

export type CaseContext = {
  model: ScoringModel;
  animal: AnimalModel;
  signalment: Signalment;
  evidence: CaseEvidence;
  /** Weight of silence for each finding: 0 .. `unsaid.high`. */
  silence: Float64Array;
  /** For each of `evidence.present`: its weight for a condition that does not explain it. */
  unexplained: Float64Array;
};

export function caseContext(
  model: ScoringModel,
  signalment: Signalment,
  evidence: CaseEvidence,
): CaseContext {
  const animal = model.forAnimals(signalment.animals);
  const silence = silenceWeights(model, evidence);
  const context = { model, animal, signalment, evidence, silence, unexplained: new Float64Array() };
  const unexplained = Float64Array.from(evidence.present, (e) => ratio(context, e.finding, 0) * e.certainty);
  return { ...context, unexplained };
}

/**
 * How far an unmentioned finding counts as absent. A terse note leaves much unsaid; a test that was not done says
 * nothing of its result.
 */
function silenceWeights(model: ScoringModel, evidence: CaseEvidence): Float64Array {
  const { unsaid, unsaidUntested, unsaidHistory } = model.parameters;
  const fullness = Math.min(1, Math.max(0, (evidence.stated - unsaid.few) / (unsaid.many - unsaid.few)));
  const lambda = unsaid.low + (unsaid.high - unsaid.low) * fullness;
  return Float64Array.from(model.findings, (finding, f) => {
    if (evidence.mentioned[f] === 1 || finding.kind === 'signalment') return 0;
    if (finding.kind === 'lab' || finding.kind === 'imaging')
      return evidence.tested.has(testKind(finding)) ? lambda : lambda * unsaidUntested;
    if (finding.kind === 'history' || finding.kind === 'exposure' || finding.kind === 'course')
      return lambda * unsaidHistory;
    return lambda;
  });
}

export function evaluate(context: CaseContext, condition: number): Scored {
  const { model, animal, signalment } = context;
  const { parameters } = model;
  const entry = model.conditions[condition];
  if (!entry) throw new RangeError(`no condition ${condition}`);
  const factors = signalmentFactors(entry, signalment, parameters, animal.ageMean[condition] as number);
  const commonness = Math.max(1, animal.commonness[condition] as number);
  const prior =
    parameters.priorExponent * Math.log(commonnessWeight(parameters, commonness)) +
    parameters.signalmentExponent * Math.log(signalmentMultiplier(factors, parameters));
  const contributions = decayByGroup(model, weighPresent(context, condition));
  let score = prior + weighUnsaid(context, condition);
  for (const c of contributions) score += c.weight;
  for (const item of context.evidence.absent) score += absentWeight(context, condition, item.finding);
  return { condition, score, factors, contributions };
}

/** P(finding) of the disease that is not in the base: it shows half of what the case shows. */
const OTHER_FREQUENCY = 0.5;

/** The score, without prior, of a disease unknown to the base that would show each present finding half the time. */
export function unknownDisease(context: CaseContext): number {
  const weighed = context.evidence.present.map((item): Weighed => {
    const weight = ratio(context, item.finding, OTHER_FREQUENCY) * item.certainty;
    return { evidence: item, term: item.finding, weight, role: 'explained' };
  });
  return decayByGroup(context.model, weighed).reduce((sum, c) => sum + c.weight, 0);
}

type Weighed = Contribution & { term: number };

function weighPresent(context: CaseContext, condition: number): Weighed[] {
  const { model, evidence } = context;
  const against = model.against[condition] as Int32Array;
  const weighed = evidence.present.map((item, i) => {
    const ancestors = model.ancestors[item.finding] as readonly number[];
    const opposed =
      against.length > 0 && (against.includes(item.finding) || ancestors.some((a) => against.includes(a)));
    if (opposed) return weighAgainst(context, item);
    return weighOne(context, condition, item, context.unexplained[i] as number);
  });
  return mergeTerms(model, weighed);
}

/**
 * A finding scores at the most specific term that the condition lists or that a listed child implies; else at its
 * nearest listed ancestor; a sibling of a listed finding gets part of the parent's evidence.
 */
function weighOne(context: CaseContext, condition: number, item: Evidence, unexplained: number): Weighed {
  const { model } = context;
  const { finding } = item;
  const row = condition * model.findings.length;
  if ((model.freq[row + finding] as number) > 0) return explainedAt(context, row, item, finding);
  let cousin = -1;
  for (const a of model.ancestors[finding] as readonly number[]) {
    if (model.listed[row + a] === 1) return explainedAt(context, row, item, a);
    if (cousin < 0 && (model.freq[row + a] as number) > 0) cousin = a;
  }
  if (cousin < 0) return { evidence: item, term: finding, weight: unexplained, role: 'unexplained' };
  const { siblingCredit } = model.parameters;
  const shared = explainedAt(context, row, item, cousin).weight;
  const weight = siblingCredit * shared + (1 - siblingCredit) * unexplained;
  return { evidence: item, term: finding, weight, role: weight > 0 ? 'explained' : 'unexplained' };
}

function explainedAt(context: CaseContext, row: number, item: Evidence, term: number): Weighed {
  const weight = ratio(context, term, context.model.freq[row + term] as number) * item.certainty;
  return { evidence: item, term, weight, role: 'explained' };
}

/** ln( P(finding | condition) / P(finding) ), clamped. */
function ratio(context: CaseContext, finding: number, frequency: number): number {
  const { animal, model } = context;
  const limit = model.parameters.positiveClamp;
  const p = leaky(animal.background[finding] as number, frequency);
  return Math.min(limit, Math.max(-limit, Math.log(p / (animal.overall[finding] as number))));
}

function weighAgainst(context: CaseContext, item: Evidence): Weighed {
  const { model } = context;
  const penalty = Math.log(model.parameters.againstFactor) + ratio(context, item.finding, 0);
  const weight = Math.max(-model.parameters.positiveClamp, penalty) * item.certainty;
  return { evidence: item, term: item.finding, weight, role: 'against' };
}

/** Two findings that score at one term, or at a term and its parent, are one piece of evidence. */
function mergeTerms(model: ScoringModel, weighed: readonly Weighed[]): Weighed[] {
  const best = new Map<number, Weighed>();
  for (const w of weighed) {
    if (w.role !== 'explained') continue;
    const before = best.get(w.term);
    if (!before || w.weight > before.weight) best.set(w.term, w);
  }
  for (const [term, w] of best) {
    for (const a of model.ancestors[term] as readonly number[]) {
      const general = best.get(a);
      if (!general) continue;
      const sameWords = general.term !== general.evidence.finding;
      if (sameWords || general.weight <= w.weight) best.delete(a);
      else best.delete(term);
    }
  }
  return weighed.map((w) => (w.role !== 'explained' || best.get(w.term) === w ? w : { ...w, weight: 0 }));
}

/** Within an organ system the strongest finding counts in full, each further one for less. */
function decayByGroup(model: ScoringModel, weighed: readonly Weighed[]): Contribution[] {
  const { groupDecay } = model.parameters;
  const used = new Float64Array(model.groupCount * 2).fill(1);
  const order = [...weighed].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  for (const w of order) {
    if (w.role === 'against' || w.weight === 0) continue;
    const slot = (model.group[w.evidence.finding] as number) * 2 + (w.weight > 0 ? 0 : 1);
    w.weight *= used[slot] as number;
    used[slot] = (used[slot] as number) * groupDecay;
  }
  return order;
}

/** What each explicitly absent finding does to the condition, for the explanation. */
export function weighAbsent(context: CaseContext, condition: number): Contribution[] {
  return context.evidence.absent.map((evidence) => {
    const weight = absentWeight(context, condition, evidence.finding);
    return { evidence, weight, role: 'absent' };
  });
}

function absentWeight(context: CaseContext, condition: number, finding: number): number {
  const { negativeFactor, negativeClamp } = context.model.parameters;
  const raw = absenceRatio(context, condition, finding);
  return negativeFactor * Math.min(negativeClamp, Math.max(-negativeClamp, raw));
}

/** ln( P(not finding | condition) / P(not finding) ). */
function absenceRatio(context: CaseContext, condition: number, finding: number): number {
  const { model, animal } = context;
  const frequency = model.freq[condition * model.findings.length + finding] as number;
  const p = leaky(animal.background[finding] as number, frequency);
  return logAbsence(p, animal.overall[finding] as number);
}

/** Frequencies are kept as 32-bit floats. */
const CARDINAL = FREQUENCY.cardinal - 0.001;

function weighUnsaid(context: CaseContext, condition: number): number {
  const { model } = context;
  const own = model.own[condition] as Int32Array;
  const row = condition * model.findings.length;
  const { unsaidCardinal } = model.parameters;
  const absence = context.animal.ownAbsence[condition] as Float64Array;
  let sum = 0;
  for (let i = 0; i < own.length; i++) {
    const finding = own[i] as number;
    const cardinal = (model.freq[row + finding] as number) >= CARDINAL;
    sum += (cardinal ? unsaidCardinal : 1) * (context.silence[finding] as number) * (absence[i] as number);
  }
  return sum;
}
