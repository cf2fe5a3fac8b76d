/** The score of one condition in one patient: prior, what is there, what is denied, what is not said. */
import { FREQUENCY } from '../knowledge/frequency.ts';
import type { Signalment } from '../types.ts';
import type { CaseEvidence } from './evidence.ts';
import {
  type AnimalModel,
  commonnessWeight,
  leaky,
  logAbsence,
  type ScoringModel,
  SILENCE,
} from './model.ts';
import { type Factor, signalmentFactors, signalmentMultiplier } from './signalment.ts';
import { type Contribution, makeWeights, type Weights, weighPresent } from './weigh.ts';

export type CaseContext = {
  model: ScoringModel;
  animal: AnimalModel;
  signalment: Signalment;
  evidence: CaseEvidence;
  /** Weight of silence for each finding: 0 .. `unsaid.high`. */
  silence: Float64Array;
  /** Of the present findings for one condition at a time. */
  weights: Weights;
};

export function caseContext(
  model: ScoringModel,
  signalment: Signalment,
  evidence: CaseEvidence,
): CaseContext {
  const animal = model.forAnimals(signalment.animals);
  const silence = silenceWeights(model, evidence);
  return {
    model,
    animal,
    signalment,
    evidence,
    silence,
    weights: makeWeights(model, animal, evidence.present),
  };
}

/**
 * How far an unmentioned finding counts as absent. A terse note leaves much unsaid; a test that was not done says
 * nothing of its result.
 */
function silenceWeights(model: ScoringModel, evidence: CaseEvidence): Float64Array {
  const { unsaid, unsaidUntested, unsaidHistory } = model.parameters;
  const fullness = Math.min(1, Math.max(0, (evidence.stated - unsaid.few) / (unsaid.many - unsaid.few)));
  const lambda = unsaid.low + (unsaid.high - unsaid.low) * fullness;
  const byClass = Float64Array.from({ length: model.silenceClasses }, (_, silence) =>
    evidence.tested.has(silence) ? lambda : lambda * unsaidUntested,
  );
  byClass[SILENCE.never] = 0;
  byClass[SILENCE.seen] = lambda;
  byClass[SILENCE.history] = lambda * unsaidHistory;
  const silence = new Float64Array(model.findings.length);
  for (let f = 0; f < silence.length; f++)
    if (evidence.mentioned[f] === 0) silence[f] = byClass[model.silence[f] as number] as number;
  return silence;
}

/** The score of one condition. Called for every condition of the animal. */
export function evaluate(context: CaseContext, condition: number): number {
  const { model, animal, weights, evidence } = context;
  const { parameters } = model;
  const commonness = Math.max(1, animal.commonness[condition] as number);
  const multiplier = signalmentMultiplier(factorsOf(context, condition), parameters);
  let score =
    parameters.priorExponent * Math.log(commonnessWeight(parameters, commonness)) +
    parameters.signalmentExponent * Math.log(multiplier) +
    weighUnsaid(context, condition) +
    weighPresent(weights, condition);
  for (const item of evidence.absent) score += absentWeight(context, condition, item.finding);
  return score;
}

/** What age, sex and breed do to the condition. */
export function factorsOf({ model, animal, signalment }: CaseContext, condition: number): Factor[] {
  const entry = model.conditions[condition];
  if (!entry) throw new RangeError(`no condition ${condition}`);
  return signalmentFactors(entry, signalment, model.parameters, animal.ageMean[condition] as number);
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
