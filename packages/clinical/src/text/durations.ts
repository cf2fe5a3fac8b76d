/**
 * Stated durations of illness: "for 3 days", "x2wk", "3 month history", "2/52", "há 2 semanas"; and how long ago
 * something happened: "3 years ago", "last year", "as a puppy".
 */
import { firstFrom } from './scope.ts';
import type { Token } from './tokens.ts';

export type Duration = { from: number; to: number; days: number };

const DAYS: Record<string, number> = {};
const unit = (days: number, words: string) => {
  for (const word of words.split(' ')) DAYS[word] = days;
};
unit(1 / 1440, 'min mins minute minutes minuto minutos');
unit(1 / 24, 'h hr hrs hour hours hora horas');
unit(1, 'd day days dia dias');
unit(7, 'w wk wks week weeks semana semanas');
unit(30, 'mo mos mth mths month months mes meses');
unit(365, 'y yr yrs year years ano anos');

const AMOUNTS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  couple: 2,
  few: 3,
  several: 4,
  many: 6,
  um: 1,
  uma: 1,
  dois: 2,
  duas: 2,
  tres: 3,
  alguns: 3,
  algumas: 3,
  varios: 4,
  varias: 4,
};
/** British shorthand: 3/7 is three days, 2/52 two weeks, 4/12 four months. */
const FRACTIONS: Record<number, number> = { 7: 1, 52: 7, 12: 30 };

const LEADS = /^(?:for|x|over|past|last|since|during|previous|ha|desde|nos|nas|ultimos|ultimas)$/;
const TAILS = /^(?:history|hx|duration|h|course|progression|historia|historico|evolucao)$/;
const ONSET = /^(?:started|start|began|onset|noticed|first|beginning|developed|signs|comecou|iniciou)$/;
const OTHER_USE = /^(?:old|age|idade|gestation|pregnant|post|postpartum|postop|interval|apart|recheck)$/;

/** The durations of a sentence. Ages, intervals and appointments are not among them. */
export function readDurations(tokens: Token[]): Duration[] {
  const out: Duration[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const read = amountAt(tokens, at);
    if (!read) continue;
    const from = leadFrom(tokens, at);
    const next = tokens[read.end];
    const tail =
      TAILS.test(next?.text ?? '') ||
      (next?.text === 'of' && !OTHER_USE.test(tokens[read.end + 1]?.text ?? ''));
    const ago =
      /^(?:ago|atras)$/.test(next?.text ?? '') &&
      tokens.slice(Math.max(0, at - 8), at).some((t) => ONSET.test(t.text));
    const other = OTHER_USE.test(next?.text ?? '') || OTHER_USE.test(tokens[read.end + 1]?.text ?? '');
    if (!other && (from !== null || tail || ago)) {
      const to = tail || ago ? read.end : read.end - 1;
      out.push({ from: from ?? at, to, days: read.days });
    }
    at = read.end - 1;
  }
  return out;
}

/** "3 days", "2-3 wk", "a few weeks", "2/52", "weeks" after "for". */
function amountAt(tokens: Token[], at: number): { days: number; end: number } | null {
  const token = tokens[at] as Token;
  let end = at + 1;
  let amount = token.kind === 'number' ? token.value : AMOUNTS[token.text];
  if (amount === undefined && /s$/.test(token.text) && /^(?:for|ha)$/.test(tokens[at - 1]?.text ?? '')) {
    const size = DAYS[token.text];
    return size === undefined ? null : { days: size * 4, end };
  }
  if (amount === undefined || Number.isNaN(amount)) return null;
  if (/^(?:a|an)$/.test(token.text) && /^(?:few|couple)$/.test(tokens[end]?.text ?? '')) {
    amount = AMOUNTS[(tokens[end] as Token).text] as number;
    end++;
  }
  const slash = tokens[end];
  const below = tokens[end + 1];
  if (slash?.text === '/' && slash.glued && below?.kind === 'number' && below.glued) {
    const size = FRACTIONS[below.value];
    return size === undefined ? null : { days: amount * size, end: end + 2 };
  }
  if (/^(?:-|to|or)$/.test(slash?.text ?? '') && below?.kind === 'number') {
    amount = below.value;
    end += 2;
  }
  while (/^(?:of|or|so|full|-|about|more|to)$/.test(tokens[end]?.text ?? '') && end < at + 5) end++;
  const size = DAYS[tokens[end]?.text ?? ''];
  return size === undefined ? null : { days: amount * size, end: end + 1 };
}

/** The token that opens the duration ("for", "over the past"), or null. */
function leadFrom(tokens: Token[], at: number): number | null {
  let i = at - 1;
  while (
    i >= 0 &&
    /^(?:the|about|approx|approximately|around|at|least|more|than|over|~|>|mais|de|cerca|nearly|almost)$/.test(
      (tokens[i] as Token).text,
    )
  )
    i--;
  for (let k = at - 1; k >= Math.max(0, i); k--) if (LEADS.test((tokens[k] as Token).text)) return k;
  return null;
}

/** When something happened, in days before the visit. */
type PastTime = { from: number; to: number; days: number };

const AGO = /^(?:ago|atras|back)$/;
const YEARS_BACK = 365;
/** More than "about a month": bleeding after a rodenticide may come back when its treatment ends, at a month or so. */
const LONG_AGO = 45;
/** How far a statement of time is looked for, in tokens: keeps a text without commas linear. */
const REACH = 30;
const JUVENILE = /^(?:puppy|pup|kitten|foal|calf|lamb|kid|juvenile|filhote|cachorro)$/;
const OPENING = /^(?:in|about|no)$/;

/** The statements of time of a sentence, read once, in order. */
export function readPastTimes(tokens: Token[]): PastTime[] {
  const out: PastTime[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const time = pastTimeAt(tokens, at);
    if (!time) continue;
    out.push(time);
    at = time.to;
  }
  return out;
}

/**
 * Whether what stands at `from` to `to` happened more than about a month ago: the nearest statement of time between
 * the same commas says so. "Ate grapes last year", "snake bite 3 years ago"; not "ate grapes this morning, had surgery
 * 2 years ago" nor "swelling that began 2 months ago".
 */
export function isLongAgo(
  tokens: readonly Token[],
  times: readonly PastTime[],
  from: number,
  to: number,
): boolean {
  let nearest: { gap: number; days: number } | null = null;
  for (let i = firstFrom(times, from - REACH); i < times.length; i++) {
    const time = times[i] as PastTime;
    if (time.from > to + REACH) break;
    const gap = time.from > to ? time.from - to : from - time.to;
    if (gap <= 0 || (nearest && (gap > nearest.gap || (gap === nearest.gap && time.days > nearest.days))))
      continue;
    if (isOf(tokens, time, from, to)) nearest = { gap, days: time.days };
  }
  return nearest !== null && nearest.days > LONG_AGO;
}

/** No comma and no word of onset stands between; "diagnosed last year on insulin": a time before opens its clause. */
function isOf(tokens: readonly Token[], time: PastTime, from: number, to: number): boolean {
  const behind = time.from > to;
  const between = behind ? tokens.slice(to + 1, time.from) : tokens.slice(time.to + 1, from);
  if (between.some((t) => ENDS.test(t.text) || ONSET.test(t.text) || t.text === 'since')) return false;
  let at = (behind ? from : time.from) - 1;
  for (const least = at - REACH; at >= 0 && at > least && !ENDS.test((tokens[at] as Token).text); at--) {
    const { text } = tokens[at] as Token;
    if (behind ? ONSET.test(text) || text === 'since' : !OPENING.test(text)) return false;
  }
  return true;
}

const ENDS = /^[,;]$/;

function pastTimeAt(tokens: Token[], at: number): PastTime | null {
  const text = (k: number) => tokens[at + k]?.text ?? '';
  if (/^(?:today|yesterday|tonight|overnight|now|hoje|ontem|agora|recently|just)$/.test(text(0)))
    return { from: at, to: at, days: 0 };
  if (/^(?:this|esta|este)$/.test(text(0)) || (text(0) === 'last' && text(1) === 'night'))
    return { from: at, to: at + 1, days: 0 };
  if (/^(?:last|ano)$/.test(text(0)) && /^(?:year|passado)$/.test(text(1)))
    return { from: at, to: at + 1, days: YEARS_BACK };
  if (/^(?:as|quando)$/.test(text(0)) && /^(?:a|an|era)$/.test(text(1)) && JUVENILE.test(text(2)))
    return { from: at, to: at + 2, days: YEARS_BACK };
  const portuguese = text(0) === 'ha';
  const read = amountAt(tokens, portuguese ? at + 1 : at);
  if (read && portuguese) return { from: at, to: read.end - 1, days: read.days };
  if (read && AGO.test(tokens[read.end]?.text ?? '')) return { from: at, to: read.end, days: read.days };
  // "years ago"
  const unit = DAYS[text(0)];
  return unit !== undefined && AGO.test(text(1)) ? { from: at, to: at + 1, days: 2 * unit } : null;
}
