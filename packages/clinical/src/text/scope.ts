/** How far a trigger word reaches: to the end of its list, clause or eight words. */
import { MINUS } from './refine.ts';
import type { Token } from './tokens.ts';
import type { Trigger } from './triggers.ts';
import { ALTERNATIVES, COORDINATORS, FUNCTION_WORDS, LIGHT_WORDS } from './words.ts';

/**
 * A finding in a sentence, in token indexes. `negative` when its own words hold a "not", `health` when it says that
 * something is normal.
 */
export type Span = { from: number; to: number; negative: boolean; health?: boolean };

export type Clause = {
  tokens: Token[];
  spans: Span[];
  /** Index into `spans` by token, -1 where there is none. */
  spanAt: Int32Array;
  triggers: Trigger[];
  /** The triggers that start at a token. */
  triggersAt: Map<number, Trigger[]>;
};

/** Index of the first of these that starts at or after a token; they come sorted by their start. */
export function firstFrom(sorted: readonly { from: number }[], at: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as { from: number }).from < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

const set = (...lines: string[]) => new Set(lines.flatMap((line) => line.split(' ')));

const WORDS_REACHED = 8;
/** How far a list or clause is looked through, in tokens: keeps a text without full stops linear. */
const LIST_AHEAD = 40;
const VERBS = set(
  'is are was were has have had seems seem appears appear presented presents started began became becomes remains',
  'continues developed shows showed showing noticed reports esta estao tem foi apresenta comecou iniciou',
);
/** Words that tell when or how long: the item is a statement of its own, not one more of a negated list. */
export const TIME_WORDS = set(
  'since for x wk yr min mins hrs hr h days day weeks week months month years year hours hour hrs wks mo yrs yesterday overnight daily d w',
  'recently lately progressive worsening intermittent intermittently persistent dias semanas meses anos desde ha',
);
const ADJECTIVE =
  /^(?!colic|tic|red|bed|pelvic|chronic|thoracic|systolic|diastolic|seed)[a-z]{2,}(?:ic|ed|ful)$/;
const ADJECTIVES = set(
  'dull weak thin pale itchy lame bright quiet obese blind wobbly bloated tense hot cold underweight overweight alert',
  'recumbent down moribund letargico letargica apatico apatica magro magra prostrado prostrada',
);
const COPULAS = set(
  'is are was were has have had been be being both all also currently clinically completely so far today : - = ( on',
  'palpation palpates palpate auscultation appear appears look looks feel feels esta estao foi foram the',
);
const LISTED: ReadonlySet<string> = new Set(['negated', 'possible', 'historical', 'ignored']);

/** Where a forward trigger stops acting (exclusive token index). */
export function forwardEnd(clause: Clause, trigger: Trigger): number {
  const { tokens, spans, spanAt } = clause;
  const listed = LISTED.has(trigger.mood);
  let words = listed ? WORDS_REACHED : 2 * WORDS_REACHED;
  let seen = 0;
  let open = 0;
  for (let at = trigger.to + 1; at < tokens.length; at++) {
    const span = spans[spanAt[at] as number];
    if (span) {
      if (trigger.mood === 'negated' && (span.negative || (span.health && at > trigger.to + 1))) return at;
      seen++;
      if ((tokens[trigger.to] as Token).text === 'non') return span.to + 1;
      words = Math.max(words, WORDS_REACHED);
      at = Math.max(at, span.to);
      continue;
    }
    const token = tokens[at] as Token;
    if (endedByTrigger(clause, at, trigger)) return at;
    if (token.text === '(') open++;
    if (token.text === ')' && open-- === 0) return at;
    if (token.text === ',' && !listGoesOn(clause, at, trigger, seen)) return at;
    if (listed && seen > 0 && breaksList(clause, at)) return at;
    if (token.kind === 'word' && --words <= 0) return at;
  }
  return tokens.length;
}

function endedByTrigger(clause: Clause, at: number, own: Trigger): boolean {
  return (clause.triggersAt.get(at) ?? []).some((other) => {
    if (other.reach === 'stop') return true;
    if (other.reach !== 'forward' || other.mood === 'ignored') return false;
    return LISTED.has(own.mood) || (own.mood === 'hypothetical' && other.mood === 'other_animal');
  });
}

/** A word after an item that shows the list is over. */
function breaksList(clause: Clause, at: number): boolean {
  const token = clause.tokens[at] as Token;
  if (token.text === '-' || token.text === 'with' || token.text === 'com') return true;
  if (VERBS.has(token.text)) return true;
  const joins = COORDINATORS.has(token.text) && !ALTERNATIVES.has(token.text) && token.text !== ',';
  if (!joins) return false;
  const next = clause.tokens[at + 1];
  if (next && VERBS.has(next.text)) return true;
  const span = clause.spans[clause.spanAt[at + 1] as number];
  return span !== undefined && (isAdjective(clause, span) || isGerundPhrase(clause, span));
}

/** Whether the item after the comma at `comma` still belongs to the list that the trigger governs. */
function listGoesOn(clause: Clause, comma: number, trigger: Trigger, seen: number): boolean {
  if (trigger.mood === 'hypothetical') return true;
  if (trigger.mood === 'other_animal' && seen === 0) return true;
  const { tokens, spans, spanAt } = clause;
  const alternative = alternativeAhead(clause, comma + 1);
  let strange = 0;
  let items = 0;
  for (let at = comma + 1; at < tokens.length; at++) {
    const span = spans[spanAt[at] as number];
    if (span) {
      if (span.health || isAdjective(clause, span)) return false;
      if ((isGerundPhrase(clause, span) || isPredicate(clause, span)) && !alternative) return false;
      items++;
      at = Math.max(at, span.to);
      continue;
    }
    const token = tokens[at] as Token;
    if (token.text === ',' || token.text === '(') break;
    if (clause.triggersAt.has(at)) break;
    if (token.kind === 'number' || VERBS.has(token.text)) return false;
    if (TIME_WORDS.has(token.text)) return false;
    if (
      token.kind === 'word' &&
      !FUNCTION_WORDS.has(token.text) &&
      !LIGHT_WORDS.has(token.text) &&
      !COORDINATORS.has(token.text)
    )
      strange++;
  }
  return strange <= 2 && (items > 0 || alternative);
}

/** An "or" further on in the same list: "no vomiting, diarrhea, coughing or sneezing". */
function alternativeAhead(clause: Clause, from: number): boolean {
  const end = Math.min(clause.tokens.length, from + LIST_AHEAD);
  for (let at = from; at < end; at++) {
    const { text } = clause.tokens[at] as Token;
    if (text !== '/' && ALTERNATIVES.has(text)) return true;
    if (VERBS.has(text) || clause.triggersAt.has(at)) return false;
  }
  return false;
}

function isAdjective({ tokens }: Clause, { from, to }: Span): boolean {
  const first = (tokens[from] as Token).text;
  return from === to && (ADJECTIVES.has(first) || ADJECTIVE.test(first));
}

/** "drinking more", "losing weight": a statement rather than one more thing that is not there. */
function isGerundPhrase({ tokens }: Clause, { from, to }: Span): boolean {
  return to > from && (tokens[from] as Token).text.endsWith('ing');
}

const PREDICATES = set('up out open closed high low big only raised shut sunken swollen cold hot');

/** "lymph nodes enlarged", "third eyelids up", "indoor only": a statement of its own, its word of state last. */
function isPredicate({ tokens }: Clause, { from, to }: Span): boolean {
  const [first, last] = [(tokens[from] as Token).text, (tokens[to] as Token).text];
  const says = (text: string) => PREDICATES.has(text) || ADJECTIVES.has(text) || ADJECTIVE.test(text);
  return to > from && says(last) && !says(first);
}

/** The findings that a trigger right behind them speaks of. */
export function backwardTargets(clause: Clause, trigger: Trigger): Span[] {
  const { tokens, spans, spanAt } = clause;
  const next = tokens[trigger.to + 1];
  const attributive =
    next?.kind === 'word' &&
    /^(?:normal|negative|unremarkable|normais)$/.test((tokens[trigger.to] as Token).text);
  if (
    attributive &&
    !COORDINATORS.has(next.text) &&
    !FUNCTION_WORDS.has(next.text) &&
    !TIME_WORDS.has(next.text)
  )
    return [];
  let at = trigger.from - 1;
  while (at >= 0 && spanAt[at] === -1 && COPULAS.has((tokens[at] as Token).text)) at--;
  const targets: Span[] = [];
  let joined = false;
  for (let span = spans[spanAt[at] as number]; span; span = spans[spanAt[at] as number]) {
    targets.push(span);
    at = span.from - 1;
    const joint = tokens[at]?.text ?? '';
    if (!COORDINATORS.has(joint) || (joint === ',' && !joined)) break;
    if (joint !== ',') joined = true;
    at--;
    if (tokens[at]?.text === ',') at--;
  }
  return targets;
}

/** The finding that a plus or minus is attached to. */
export function marked(clause: Clause, at: number): Span | undefined {
  if ((clause.tokens[at] as Token).text !== MINUS) return undefined;
  return clause.spans[clause.spanAt[at - 1] as number];
}

const ONSET = set(
  'started began since onset noticed first starting beginning diagnosed comecou iniciou desde',
);

/** The findings before a trigger in its clause: "had seizures last year". */
export function clauseTargets(clause: Clause, trigger: Trigger): Span[] {
  const { tokens, spans, spanAt } = clause;
  const timed = /^(?:ago|atras)$/.test((tokens[trigger.to] as Token).text);
  const targets: Span[] = [];
  let comma = false;
  for (let at = trigger.from - 1; at >= Math.max(0, trigger.from - LIST_AHEAD); at--) {
    const span = spans[spanAt[at] as number];
    if (span) {
      targets.push(span);
      if (comma) break;
      at = Math.min(at, span.from);
      continue;
    }
    const { text } = tokens[at] as Token;
    if (timed && ONSET.has(text)) return [];
    const stop = clause.triggersAt.get(at)?.some((t) => t.reach === 'stop');
    if (stop) break;
    // "vomiting for a week, resolved": nothing in its own clause, so the one before the comma.
    if (text === ',' && targets.length > 0) break;
    if (text === ',') comma = true;
  }
  return targets;
}
