/** From a typed number to a value with unit, range and flag. */
import type { Animal } from '../animals.ts';
import type { Analyte } from '../knowledge/schema.ts';
import type { Bounds } from './degrees.ts';
import type { Direction } from './directions.ts';
import type { TextModel } from './model.ts';
import type { Conversion } from './units.ts';
import { unitKey } from './units.ts';
import type { TypedValue } from './values.ts';

export type Patient = { animals: Animal[]; ageYears: number | null };

export type Quantity = {
  /** In the analyte's unit; of "0.9-1.3" the middle. */
  value: number;
  conversion: Conversion | null;
  /** The unit was not typed. */
  assumed: boolean;
  range: (Bounds & { source: 'printed' | 'built-in' }) | null;
  flag: Direction | null;
  query: string | null;
};

/** Conventional (mg/dL) or SI (mmol/L) units, and how sure the rest of the case makes of it. */
export type Convention = { side: 'us' | 'si'; weight: number } | null;

const CONVENTIONS: Record<string, 'us' | 'si'> = {
  'mg/dl': 'us',
  'ug/dl': 'us',
  'ng/dl': 'us',
  'ng/ml': 'us',
  'pg/ml': 'us',
  'g/dl': 'us',
  'mmol/l': 'si',
  'umol/l': 'si',
  'nmol/l': 'si',
  'pmol/l': 'si',
  'g/l': 'si',
};
/** Proteins come in g/dL in SI laboratories too, and hormones in either; they do not vote. */
const SILENT = new Set(['g/dl', 'g/l', 'ng/ml', 'pg/ml', 'pmol/l']);

/** The built-in range for the patient; over several possible animals the widest. */
export function builtInRange(model: TextModel, analyte: string, patient: Patient): Bounds | null {
  let out: Bounds | null = null;
  for (const animal of patient.animals) {
    const range = model.labRanges[animal]?.[analyte];
    if (!range) continue;
    const young = range.young && patient.ageYears !== null && patient.ageYears < range.young.underYears;
    const { low, high } = young && range.young ? range.young : range;
    out = out ? { low: least(out.low, low), high: most(out.high, high) } : { low, high };
  }
  return out;
}

const least = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.min(a, b));
const most = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.max(a, b));

/** Which convention the case is written in, from its explicit units, then from what fits best together. */
export function conventionOf(
  model: TextModel,
  reads: { analyte: string; typed: TypedValue }[],
  patient: Patient,
): Convention {
  const votes = { us: 0, si: 0 };
  const fits = { us: 0, si: 0 };
  for (const { analyte, typed } of reads) {
    if (typed.unit) {
      const key = unitKey(typed.unit.unit);
      const vote = SILENT.has(key) ? null : CONVENTIONS[key];
      if (vote) votes[vote]++;
      continue;
    }
    if (typed.multiple || typed.printed || typed.strange !== null) continue;
    const costs = candidates(model, analyte).map((c) => ({
      side: CONVENTIONS[unitKey(c.unit)],
      cost: misfit(model, analyte, middle(typed) * c.factor + c.offset, patient),
    }));
    for (const side of ['us', 'si'] as const) {
      const own = costs.filter((c) => c.side === side).map((c) => c.cost);
      if (own.length > 0) fits[side] += Math.min(8, ...own);
    }
  }
  if (votes.us !== votes.si)
    return {
      side: votes.us > votes.si ? 'us' : 'si',
      weight: Math.min(4, 1 + Math.abs(votes.us - votes.si)),
    };
  if (Math.abs(fits.us - fits.si) < 0.5) return null;
  return { side: fits.us < fits.si ? 'us' : 'si', weight: 2 };
}

const middle = ({ value, upTo }: TypedValue) => (upTo === null ? value : (value + upTo) / 2);

/** The units that an analyte comes in, one of each size. */
function candidates(model: TextModel, analyte: string): Conversion[] {
  const seen = new Set<string>();
  return [...(model.conversions.get(analyte)?.values() ?? [])].filter(({ factor, offset }) => {
    const key = `${factor} ${offset}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** How far a value lies from where the patient's should be: log distance to the range, large when implausible. */
function misfit(model: TextModel, id: string, value: number, patient: Patient): number {
  const { plausible } = model.analytes[id] as Analyte;
  if (value < plausible[0] || value > plausible[1]) return 20;
  const range = builtInRange(model, id, patient);
  if (!range) return 1;
  if (range.high !== null && value > range.high) return Math.log(value / Math.max(range.high, 1e-9));
  if (range.low !== null && value < range.low) return Math.log(range.low / Math.max(value, 1e-3));
  return 0;
}

/** Chooses the unit, converts, finds the range and the flag; names what is implausible. */
export function quantify(
  model: TextModel,
  id: string,
  typed: TypedValue,
  patient: Patient,
  convention: Convention,
): Quantity {
  const analyte = model.analytes[id] as Analyte;
  if (typed.multiple) {
    const range = builtInRange(model, id, patient);
    const value = middle(typed) * (range?.high ?? Number.NaN);
    return {
      value,
      conversion: null,
      assumed: false,
      range: range ? { ...range, source: 'built-in' } : null,
      flag: 'high',
      query: null,
    };
  }
  if (typed.strange !== null)
    return {
      value: middle(typed),
      conversion: null,
      assumed: false,
      range: null,
      flag: null,
      query: `not used, the unit ${typed.strange} is not known for it`,
    };
  const { number, conversion, assumed } = interpret(model, id, typed, patient, convention);
  const value = convert(number, conversion);
  const range = rangeOf(model, id, typed, patient, conversion);
  const [low, high] = analyte.plausible;
  const outside = value < low || value > high || Number.isNaN(value);
  const query = outside ? `implausible: expected ${low} to ${high} ${analyte.unit}`.trim() : null;
  return { value, conversion, assumed, range, flag: outside ? null : flagOf(value, typed, range), query };
}

type Interpretation = { number: number; conversion: Conversion; assumed: boolean };

function interpret(
  model: TextModel,
  id: string,
  typed: TypedValue,
  patient: Patient,
  convention: Convention,
): Interpretation {
  const analyte = model.analytes[id] as Analyte;
  const numbers = [middle(typed)];
  if (typed.other !== null) numbers.push(typed.other);
  // "USG 1015" is a specific gravity without its point.
  if (analyte.unit === '' && middle(typed) >= 1000) numbers.push(middle(typed) / 1000);
  const units = typed.unit ? [typed.unit] : candidates(model, id);
  let best: Interpretation | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [k, number] of numbers.entries()) {
    for (const conversion of units) {
      let cost = misfit(model, id, convert(number, conversion), patient) + k * 6;
      if (typed.printed && !typed.unit) cost = printedMisfit(model, id, typed, conversion, patient);
      const side = CONVENTIONS[unitKey(conversion.unit)];
      if (convention && side && side !== convention.side) cost += convention.weight;
      if (convention === null && conversion.unit !== analyte.unit) cost += 0.1;
      if (cost >= lowest) continue;
      lowest = cost;
      best = { number, conversion, assumed: typed.unit === null && units.length > 1 };
    }
  }
  return (
    best ?? { number: middle(typed), conversion: { unit: analyte.unit, factor: 1, offset: 0 }, assumed: true }
  );
}

const convert = (number: number, { factor, offset }: Conversion) => tidy(number * factor + offset);

/** 38.50000001 is not what anyone measured. */
function tidy(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : value;
}

/** How badly a printed range, read in this unit, agrees with the built-in one. */
function printedMisfit(
  model: TextModel,
  id: string,
  typed: TypedValue,
  conversion: Conversion,
  patient: Patient,
): number {
  const range = builtInRange(model, id, patient);
  const typedHigh = typed.printed?.high ?? typed.printed?.low;
  const ownHigh = range?.high ?? range?.low;
  if (typedHigh === null || typedHigh === undefined) return 0;
  const high = convert(typedHigh, conversion);
  if (!ownHigh) return misfit(model, id, high, patient);
  return Math.abs(Math.log(Math.max(high, 1e-6) / Math.max(ownHigh, 1e-6)));
}

function rangeOf(
  model: TextModel,
  id: string,
  typed: TypedValue,
  patient: Patient,
  conversion: Conversion,
): Quantity['range'] {
  if (typed.printed) {
    const to = (bound: number | null) => (bound === null ? null : convert(bound, conversion));
    return { low: to(typed.printed.low), high: to(typed.printed.high), source: 'printed' };
  }
  const range = builtInRange(model, id, patient);
  return range ? { ...range, source: 'built-in' } : null;
}

function flagOf(value: number, typed: TypedValue, range: Quantity['range']): Direction | null {
  if (typed.flag && !typed.printed) return typed.flag;
  if (!range) return typed.flag;
  const { low, high } = range;
  if (high !== null && (value > high || (typed.operator === '>' && value >= high))) return 'high';
  if (low !== null && (value < low || (typed.operator === '<' && value <= low))) return 'low';
  if (typed.operator === '<' && low !== null) return high !== null && value <= high ? 'normal' : null;
  return 'normal';
}
