/** Which findings a measured value, or a word such as "markedly high", states and which it denies. */
import type { Finding } from '../knowledge/schema.ts';
import type { Degree, Direction } from './directions.ts';
import type { TextModel } from './model.ts';
import type { Operator } from './values.ts';

export type Bounds = { low: number | null; high: number | null };
export type Stated = { present: string[]; absent: string[] };

/** A value in the analyte's unit, or a multiple of the upper limit. */
export type Measured = {
  value: number;
  multiple: boolean;
  operator: Operator;
  range: Bounds | null;
  /** The laboratory's own H or L. */
  flag: Direction | null;
};

/** Most specific findings that the number states, and the most general ones that it denies. */
export function findingsOfValue(model: TextModel, analyte: string, measured: Measured): Stated {
  const met = new Set<string>();
  const unmet = new Set<string>();
  for (const id of model.rules.get(analyte) ?? []) {
    const result = judge((model.findings[id] as Finding).lab as NonNullable<Finding['lab']>, measured);
    if (result === true) met.add(id);
    if (result === false) unmet.add(id);
  }
  return reduce(model, met, unmet);
}

function reduce(model: TextModel, met: Set<string>, unmet: Set<string>): Stated {
  const implied = new Set([...met].flatMap((id) => [...ancestors(model, id)]));
  const present = [...met].filter((id) => !implied.has(id));
  const absent = [...unmet].filter(
    (id) => !implied.has(id) && ![...ancestors(model, id)].some((a) => unmet.has(a)),
  );
  return { present, absent };
}

/** All more general findings of a finding. */
export function ancestors(model: TextModel, id: string): ReadonlySet<string> {
  return model.ancestors.get(id) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();

type Rule = NonNullable<Finding['lab']>;

/** True, false, or null when the range that the rule needs is not known. */
function judge(rule: Rule, { value, multiple, operator, range, flag }: Measured): boolean | null {
  const parts: (boolean | null)[] = [];
  const { above, below, aboveValue, belowValue } = rule;
  const high = multiple ? 1 : (range?.high ?? null);
  if (above !== undefined)
    parts.push(overruled(flag, 'high', above) ?? exceeds(value, high, above, operator));
  if (below !== undefined)
    parts.push(
      overruled(flag, 'low', below) ??
        (multiple ? false : undercuts(value, range?.low ?? null, below, operator)),
    );
  if (aboveValue !== undefined)
    parts.push(multiple ? null : bounded('>', operator, value >= aboveValue, value <= aboveValue));
  if (belowValue !== undefined)
    parts.push(multiple ? null : bounded('<', operator, value <= belowValue, value >= belowValue));
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

/**
 * Whether a value lies beyond a threshold on a side. A value that is itself only a bound (">2") decides when it lies
 * there already, or wholly on the other side; else nothing is known.
 */
function bounded(side: '<' | '>', operator: Operator, beyond: boolean, within: boolean): boolean | null {
  if (operator === null) return beyond;
  if (operator === side) return beyond ? true : null;
  return within ? false : null;
}

/** The laboratory knows its own range: its H makes "high" true and its L makes it false. */
function overruled(flag: Direction | null, side: 'high' | 'low', factor: number): boolean | null {
  if (flag === null) return null;
  if (flag !== side) return false;
  return factor === 1 ? true : null;
}

function exceeds(value: number, high: number | null, factor: number, operator: Operator): boolean | null {
  if (high === null) return null;
  const limit = high * factor;
  if (operator !== null) return bounded('>', operator, value >= limit, value <= limit);
  return factor === 1 ? value > limit : value >= limit;
}

function undercuts(value: number, low: number | null, factor: number, operator: Operator): boolean | null {
  if (low === null) return null;
  const limit = low * factor;
  if (operator !== null) return bounded('<', operator, value <= limit, value >= limit);
  return factor === 1 ? value < limit : value <= limit;
}

/** What "high", "markedly low" or "normal" says of an analyte. `denied` is "not high". */
export function findingsOfWord(
  model: TextModel,
  analyte: string,
  direction: Direction,
  degree: Degree,
  denied: boolean,
): Stated {
  const ids = model.rules.get(analyte) ?? [];
  const side = (id: string): Direction => {
    const rule = (model.findings[id] as Finding).lab as Rule;
    const up = rule.above !== undefined || rule.aboveValue !== undefined;
    const down = rule.below !== undefined || rule.belowValue !== undefined;
    if (up && down) return 'normal';
    return up ? 'high' : 'low';
  };
  const same = ids.filter((id) => direction === 'normal' || side(id) === direction);
  if (direction === 'normal')
    return denied ? { present: [], absent: [] } : { present: [], absent: roots(model, ids) };
  if (denied) return { present: [], absent: roots(model, same) };
  const opposite = roots(
    model,
    ids.filter((id) => side(id) !== direction && side(id) !== 'normal'),
  );
  const levels = same
    .filter((id) => isPlainRule(model, id) || same.length === 1)
    .sort((a, b) => severity(model, a) - severity(model, b));
  const pick =
    degree === 0 ? 0 : degree === 1 && levels.length < 3 ? 0 : degree === 1 ? 1 : levels.length - 1;
  const chosen = levels[pick];
  return { present: chosen === undefined ? [] : [chosen], absent: opposite };
}

/** In words "high" means beyond the range; a rule by absolute value alone is a degree, or stands by itself. */
function isPlainRule(model: TextModel, id: string): boolean {
  const rule = (model.findings[id] as Finding).lab as Rule;
  return (
    rule.above !== undefined || rule.below !== undefined || (model.findings[id] as Finding).parents.length > 0
  );
}

function severity(model: TextModel, id: string): number {
  const { above, below, aboveValue, belowValue } = (model.findings[id] as Finding).lab as Rule;
  const depth = [...ancestors(model, id)].filter((a) => model.findings[a]?.lab !== undefined).length;
  const factor = above ?? (below !== undefined ? 1 / below : 0);
  return depth * 1000 + factor + (aboveValue !== undefined || belowValue !== undefined ? 500 : 0);
}

function roots(model: TextModel, ids: string[]): string[] {
  const own = new Set(ids);
  return ids.filter((id) => ![...ancestors(model, id)].some((a) => own.has(a)));
}
