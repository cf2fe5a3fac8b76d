/** Numbers that a protocol compares with: "creatinine > 1.6", "ALT > 5x". */
import type { TextModel } from './model.ts';
import { builtInRange, type Convention, conventionOf, type Patient, quantify } from './quantities.ts';
import type { Conversion } from './units.ts';
import type { TypedValue } from './values.ts';

type Compared = { analyte: string; operator: '<' | '>'; typed: TypedValue };

export type Threshold = {
  number: Compared;
  /** In the analyte's unit; NaN where a multiple of the upper limit has no range to multiply. */
  valueFor: (patient: Patient) => number;
  /** Why its unit is doubtful, as the end of a sentence about `keyword`; null when it is not. */
  doubt: (keyword: string) => string | null;
};

/** A threshold means the same in every case, so its unit is chosen by these animals' ranges. */
const REFERENCE: Patient = { animals: ['dog', 'cat'], ageYears: null };
/** A threshold this many times past the range is still a sensible one. */
const SENSIBLE_TIMES = 4;

/**
 * Reads the thresholds of one protocol. One without a unit is understood as a value without one is: by what is
 * plausible, and by the convention of the others.
 */
export function thresholdsOf(model: TextModel, numbers: readonly Compared[]): Threshold[] {
  const convention = conventionOf(model, [...numbers], REFERENCE);
  return numbers.map((number) => readThreshold(model, number, convention));
}

function readThreshold(model: TextModel, number: Compared, convention: Convention): Threshold {
  const { analyte, typed } = number;
  if (typed.multiple)
    return {
      number,
      valueFor: (patient) => quantify(model, analyte, typed, patient, null).value,
      doubt: () => null,
    };
  const { value, conversion } = quantify(model, analyte, typed, REFERENCE, convention);
  const rival = typed.unit || !conversion ? null : rivalOf(model, number, conversion);
  const unit = conversion?.unit ?? '';
  return {
    number,
    valueFor: () => value,
    doubt: (keyword) =>
      rival === null
        ? null
        : `has no unit and is read as ${unit}, although ${rival.unit} is possible: write the unit, e.g. "${keyword} ${unit}".`,
  };
}

/** Another unit in which the number would be a sensible threshold, too. */
function rivalOf(model: TextModel, number: Compared, chosen: Conversion): Conversion | null {
  for (const conversion of model.conversions.get(number.analyte)?.values() ?? []) {
    const same = conversion.factor === chosen.factor && conversion.offset === chosen.offset;
    if (!same && isSensible(model, number, conversion)) return conversion;
  }
  return null;
}

/** Plausible, and neither far past the range nor on the side of it where the comparison says nothing. */
function isSensible(model: TextModel, number: Compared, unit: Conversion): boolean {
  const { analyte, typed, operator } = number;
  const { value, query } = quantify(model, analyte, { ...typed, unit }, REFERENCE, null);
  if (query !== null) return false;
  const range = builtInRange(model, analyte, REFERENCE);
  const low = range?.low ?? Number.NEGATIVE_INFINITY;
  const high = range?.high ?? Number.POSITIVE_INFINITY;
  return operator === '>'
    ? value >= low && value <= high * SENSIBLE_TIMES
    : value <= high && value >= low / SENSIBLE_TIMES;
}
