/**
 * Every number of the score in one place, so that it can be read, questioned and tuned (scripts/eval.ts --set).
 * Natural logarithms throughout. The form follows LIRICAL (Robinson 2020): additive log-likelihood ratios.
 */
export type Parameters = {
  /** Relative weight of commonness 1 (exceptional) to 5 (everyday). */
  commonness: readonly [number, number, number, number, number];
  /** Exponent of commonness in the prior: below 1, since patients who need a second thought are not a random sample. */
  priorExponent: number;
  /** Exponent of the signalment multiplier. */
  signalmentExponent: number;
  /** Limits of the product of age, breed and sex multipliers: 1/x .. x. */
  signalmentClamp: number;
  /** Multiplier for an age wholly outside the ages at risk; never 0, since ages are rules and not laws. */
  ageFloor: number;
  /** Each further finding of one organ system counts for this much of the one before. */
  groupDecay: number;
  /** Limits of one present finding. */
  positiveClamp: number;
  certainty: { possible: number; historical: number };
  /** Certainty of findings that only repeat the signalment (young, old, entire): age and sex have multipliers already. */
  signalmentCertainty: number;
  /** Share of the parent's evidence that a finding gets where the condition lists only a sibling of it. */
  siblingCredit: number;
  /** Factor on the background of a finding that argues against a condition. */
  againstFactor: number;
  negativeFactor: number;
  negativeClamp: number;
  /** How much an unmentioned finding counts as absent: from `few` findings on rising to `many`. */
  unsaid: { low: number; high: number; few: number; many: number };
  /** Share of that for findings that need a test which the note does not report, and for questions seldom noted. */
  unsaidUntested: number;
  unsaidHistory: number;
  /** How many times more silence counts on a cardinal finding, one that is nearly always there and noticed. */
  unsaidCardinal: number;
  /** Softmax temperature. */
  temperature: number;
  /**
   * "Other, not in this knowledge base" competes as a disease that shows half of all that the case shows: `share` of
   * the weight that such a disease would get, plus `bias`, within `min` and `max`. A finding of `importance` or more
   * is named when unexplained.
   */
  other: { share: number; bias: number; min: number; max: number; importance: number };
};

export const DEFAULT_PARAMETERS: Parameters = {
  commonness: [1, 3, 9, 27, 81],
  priorExponent: 0.5,
  signalmentExponent: 0.75,
  signalmentClamp: 8,
  ageFloor: 0.1,
  groupDecay: 0.8,
  positiveClamp: 3.5,
  certainty: { possible: 0.6, historical: 0.5 },
  signalmentCertainty: 0.3,
  siblingCredit: 0.3,
  againstFactor: 0.12,
  negativeFactor: 0.4,
  negativeClamp: 2,
  unsaid: { low: 0.1, high: 0.25, few: 5, many: 12 },
  unsaidUntested: 0.1,
  unsaidHistory: 0.5,
  unsaidCardinal: 2,
  temperature: 0.8,
  other: { share: 0.5, bias: 0, min: 0.05, max: 0.6, importance: 3 },
};
