/** Reading a number with its comparison sign, unit, flag and printed range: "340 U/L H (10-125)". */
import type { Analyte } from '../knowledge/schema.ts';
import { type Direction, readDirection } from './directions.ts';
import type { Token } from './tokens.ts';
import { type Conversion, conversionFrom, isMeasure, readUnit } from './units.ts';

export type Operator = '<' | '>' | null;

/** A number as typed behind the name of an analyte, not yet converted. */
export type TypedValue = {
  value: number;
  /** Other reading of the digits ("1,015"). */
  other: number | null;
  /** Second end of "0.9-1.3". */
  upTo: number | null;
  operator: Operator;
  unit: Conversion | null;
  /** A unit that this quantity does not come in here, as typed: the number is not used. */
  strange: string | null;
  /** "x5", "5x ULN": a multiple of the upper limit. */
  multiple: boolean;
  flag: Direction | null;
  printed: { low: number | null; high: number | null } | null;
  /** First and last token. */
  from: number;
  to: number;
};

type Context = { analyte: Analyte; conversions: Map<string, Conversion>; labs: boolean };

const TIMES =
  /^(?:y|yo|yr|yrs|year|years|mo|mos|month|months|wk|wks|week|weeks|d|day|days|hr|hrs|hour|hours|ago|am|pm|th|st|nd|rd|ml|kg|mg|tab|tabs|tablet|tablets|cc|dias|semanas|meses|anos)$/;
const OPERATORS: Record<string, Operator> = {
  '<': '<',
  '<=': '<',
  below: '<',
  under: '<',
  less: '<',
  '>': '>',
  '>=': '>',
  above: '>',
  over: '>',
  greater: '>',
  more: '>',
};
const FOLD = /^(?:x|times|fold)$/;
const RANGE_WORDS = /^(?:ref|reference|range|ri|rr|interval|normal|norm|n|nr|limits|r|referencia|valores)$/;

/** Reads the value at `at`, or null when these tokens are no value of the analyte. */
export function readValue(tokens: Token[], at: number, context: Context): TypedValue | null {
  let i = at;
  const multipleFirst = tokens[i]?.text === 'x' && tokens[i + 1]?.kind === 'number';
  if (multipleFirst) i++;
  const operator = OPERATORS[tokens[i]?.text ?? ''] ?? null;
  if (operator) i += tokens[i + 1]?.text === 'than' ? 2 : 1;
  const number = tokens[i];
  if (number?.kind !== 'number' || Number.isNaN(number.value)) return null;
  const typed: TypedValue = {
    value: number.value,
    other: number.other,
    upTo: null,
    operator,
    unit: null,
    strange: null,
    multiple: multipleFirst,
    flag: null,
    printed: null,
    from: at,
    to: i,
  };
  i++;
  i = readUpTo(tokens, i, typed);
  if (FOLD.test(tokens[i]?.text ?? '') && !(tokens[i]?.text === 'x' && tokens[i + 1]?.text === '10')) {
    typed.multiple = true;
    i = skipLimitWords(tokens, i + 1);
  } else i = unitAt(tokens, i, context, typed);
  // "3 hr" is a time, "38.9 HR 88" goes on with the heart rate.
  if (typed.unit === null && TIMES.test(tokens[i]?.text ?? '') && tokens[i + 1]?.kind !== 'number')
    return null;
  if (tokens[i]?.text === '+' && tokens[i]?.glued && operator === null) {
    typed.operator = '>';
    i++;
  }
  typed.to = i - 1;
  readTail(tokens, i, context, typed);
  return typed;
}

function readUpTo(tokens: Token[], at: number, typed: TypedValue): number {
  const dash = tokens[at];
  const end = tokens[at + 1];
  const isRange =
    (dash?.text === '-' || dash?.text === 'to') && end?.kind === 'number' && typed.operator === null;
  if (!isRange || !(end.value > typed.value)) return at;
  typed.upTo = end.value;
  return at + 2;
}

function skipLimitWords(tokens: Token[], at: number): number {
  let i = at;
  while (
    /^(?:the|upper|limit|limits|of|normal|uln|reference|range|increase|increased|elevated|above|higher|than)$/.test(
      tokens[i]?.text ?? '',
    )
  )
    i++;
  return i;
}

function unitAt(tokens: Token[], at: number, context: Context, typed: TypedValue): number {
  const unit = readUnit(tokens, at, (text) => conversionFrom(context.analyte, context.conversions, text));
  if (unit) {
    typed.unit = unit.found;
    return at + unit.length;
  }
  const strange = readUnit(tokens, at, (text) => (isMeasure(text) ? text : null));
  typed.strange = strange?.found ?? null;
  return at + (strange?.length ?? 0);
}

/** Flag and printed range in either order; each moves the end of the value. */
function readTail(tokens: Token[], at: number, context: Context, typed: TypedValue): void {
  let i = at;
  for (let round = 0; round < 3; round++) {
    const flag = typed.flag === null ? readFlag(tokens, i) : null;
    if (flag) {
      typed.flag = flag.direction;
      i += flag.length;
      typed.to = i - 1;
      continue;
    }
    const range = typed.printed === null ? readPrinted(tokens, i, context, typed) : null;
    if (!range) return;
    i = range;
    typed.to = i - 1;
  }
}

function readFlag(tokens: Token[], at: number): { direction: Direction; length: number } | null {
  const open = tokens[at]?.text === '(' ? 1 : 0;
  const said = readDirection(tokens, at + open, 'after');
  if (!said) return null;
  // "(normal 10-125)" is a range; "K 7.1 high ALT" belongs to what follows.
  const next = tokens[at + open + said.length];
  if (open && next?.text !== ')') return null;
  if (!open && said.direction === 'normal' && next?.kind === 'number') return null;
  if (
    !open &&
    next?.kind === 'word' &&
    (tokens[at]?.text.length ?? 0) > 2 &&
    !/^(?:and|at|on|for|today|but)$/.test(next.text)
  )
    return null;
  return { direction: said.direction, length: said.length + 2 * open };
}

const OPENING = /^[([{]$/;
const CLOSING = /^[)\]}]$/;

/** Reads "(10-125)", "[ref 10 - 125 U/L]", "(<125)", "ref range: 10-125", in tables a bare "10-125". */
function readPrinted(tokens: Token[], at: number, context: Context, typed: TypedValue): number | null {
  let i = at;
  if (tokens[i]?.text === ',' && /^(?:ref|reference|ri|normal|range)$/.test(tokens[i + 1]?.text ?? '')) i++;
  const open = OPENING.test(tokens[i]?.text ?? '');
  if (open) i++;
  let named = false;
  while (RANGE_WORDS.test(tokens[i]?.text ?? '') || (named && /^[:=]$/.test(tokens[i]?.text ?? ''))) {
    named = true;
    i++;
  }
  if (!open && !named && !context.labs) return null;
  const bounds = readBounds(tokens, i, open || named);
  if (!bounds) return null;
  i = bounds.next;
  const unit = readUnit(tokens, i, (text) => conversionFrom(context.analyte, context.conversions, text));
  if (unit) {
    typed.unit ??= unit.found;
    i += unit.length;
  }
  if (open) {
    if (!CLOSING.test(tokens[i]?.text ?? '')) return null;
    i++;
  }
  typed.printed = { low: bounds.low, high: bounds.high };
  return i;
}

type Bounds = { low: number | null; high: number | null; next: number };

function readBounds(tokens: Token[], at: number, oneSided: boolean): Bounds | null {
  const [first, second, third] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  const upTo = first?.text === 'up' && second?.text === 'to' && third?.kind === 'number';
  if (oneSided && upTo) return { low: null, high: third.value, next: at + 3 };
  const operator = OPERATORS[first?.text ?? ''];
  if (oneSided && operator && second?.kind === 'number') {
    const [low, high] = operator === '<' ? [null, second.value] : [second.value, null];
    return { low, high, next: at + 2 };
  }
  const dash = second?.text === '-' || second?.text === 'to' || second?.text === 'a';
  if (first?.kind !== 'number' || !dash || third?.kind !== 'number' || !(third.value > first.value))
    return null;
  return { low: first.value, high: third.value, next: at + 3 };
}
