/** Finds phrases in a sentence, tolerant of inflection, order, fillers, lists and misspellings. */
import { correct } from './fuzzy.ts';
import { ANY_NUMBER, type Lexicon, type Node, type Phrase } from './lexicon.ts';
import { PLUS } from './refine.ts';
import { usSpelling } from './stem.ts';
import type { Token } from './tokens.ts';
import {
  ALTERNATIVES,
  BARRIERS,
  COORDINATORS,
  FUNCTION_WORDS,
  LIGHT_WORDS,
  NEGATIVE_FILLERS,
  NEGATIVE_KEYS,
} from './words.ts';

/** A phrase found in a sentence. Positions are token indexes. */
export type Match<M> = {
  phrase: Phrase<M>;
  /** Tokens that are the phrase, in text order. */
  positions: number[];
  from: number;
  to: number;
  /** Strange words inside. */
  fillers: number;
  /** Reaches across items of a list: "abdominal distension and pain" holds "abdominal pain". */
  shared: boolean;
  /** A "not" stands between its words: "lymph nodes not enlarged". */
  denied: boolean;
  /** Typed word for word as the phrase is written. */
  exact: boolean;
};

type Walk<M> = {
  lexicon: Lexicon<M>;
  tokens: Token[];
  portuguese: boolean;
  out: Match<M>[];
  start: number;
  /** The phrase began with its own "not". */
  negative: boolean;
};
/** Symbols that may stand between the words of a phrase. */
const SKIPPED_SYMBOLS = new Set([':', '(', '-', '=', '°', '"', PLUS]);

type State = {
  fillers: number;
  light: number;
  /** List items reached across, and whether an "and" or "or" was among their joints. */
  lists: number;
  joined: boolean;
  denied: boolean;
  positions: number[];
};

const MOST_LIGHT = 4;
const MOST_LISTS = 3;

/** Every phrase that the sentence holds, overlapping ones included. */
export function findPhrases<M>(lexicon: Lexicon<M>, tokens: Token[], portuguese: boolean): Match<M>[] {
  const out: Match<M>[] = [];
  for (let start = 0; start < tokens.length; start++) {
    const token = tokens[start] as Token;
    const negative = NEGATIVE_KEYS.has(token.key) && !(portuguese && token.text === 'no');
    const walk: Walk<M> = { lexicon, tokens, portuguese, out, start, negative };
    for (const next of children(walk, lexicon.root, token))
      enter(walk, next, start + 1, {
        fillers: 0,
        light: 0,
        lists: 0,
        joined: false,
        denied: false,
        positions: [start],
      });
  }
  return out;
}

const COUNTS = /^(?:one|two|three|four|five|six|seven|eight|nine|ten|few|several|a)$/;
const isCount = (token: Token) => token.kind === 'number' || COUNTS.test(token.text);

function children<M>(walk: Walk<M>, node: Node<M>, token: Token): Node<M>[] {
  const direct = node.next?.get(token.key);
  const counted = isCount(token) ? node.next?.get(ANY_NUMBER) : undefined;
  if (direct || counted) return [direct, counted].filter((n) => n !== undefined);
  if (token.kind !== 'word' || walk.lexicon.known.has(token.key)) return [];
  const corrected = correct(walk.lexicon.fuzzy, usSpelling(token.text));
  const near = corrected === null ? undefined : node.next?.get(corrected);
  return near ? [near] : [];
}

function enter<M>(walk: Walk<M>, node: Node<M>, at: number, state: State): void {
  record(walk, node, state);
  if (node.next) step(walk, node, at, state);
}

function step<M>(walk: Walk<M>, node: Node<M>, at: number, state: State): void {
  const token = walk.tokens[at];
  if (!token) return;
  for (const next of children(walk, node, token))
    enter(walk, next, at + 1, { ...state, positions: [...state.positions, at] });
  skipWord(walk, node, at, token, state);
  skipListItem(walk, node, at, token, state);
}

function record<M>(walk: Walk<M>, node: Node<M>, state: State): void {
  for (const phrase of node.phrases ?? []) {
    if (phrase.rotated && state.fillers > 0) continue;
    // "in heat" is not "in the heat".
    if (state.lists > 0 && !state.joined && VERBAL.test((walk.tokens[walk.start] as Token).text)) continue;
    if (phrase.tight && state.light + state.fillers + state.lists > 0) continue;
    if (state.lists > 0 && !walk.negative && !isSharedWith(walk, state)) continue;
    if (
      phrase.literal?.some(
        (text, i) => text !== null && walk.tokens[state.positions[i] as number]?.text !== text,
      )
    )
      continue;
    const { positions, fillers } = state;
    const to = positions.at(-1) as number;
    const exact = !phrase.rotated && phrase.texts.includes(typedText(walk.tokens, walk.start, to));
    walk.out.push({
      phrase,
      positions,
      from: walk.start,
      to,
      fillers,
      shared: state.lists > 0,
      denied: state.denied,
      exact,
    });
  }
}

/** Of what a discharge, faeces or vomit is made: said of one of them, not of all that are listed with it. */
const OF_ONE = /^(?:blood|h(?:a)?emorrhag|water|muco|foul|smell)/;

/** "bloody diarrhea and vomiting" says nothing of blood in the vomit. */
function isSharedWith<M>({ lexicon, tokens, start }: Walk<M>, { positions }: State): boolean {
  const last = tokens[positions.at(-1) as number] as Token;
  return !OF_ONE.test((tokens[start] as Token).text) || !lexicon.single.has(last.key);
}

function typedText(tokens: Token[], from: number, to: number): string {
  let text = (tokens[from] as Token).text;
  for (let at = from + 1; at <= to; at++) text += ` ${(tokens[at] as Token).text}`;
  return text;
}

function skipWord<M>(walk: Walk<M>, node: Node<M>, at: number, token: Token, state: State): void {
  const { text } = token;
  // "MM: pale", "diarrhea (bloody)", "D+ (bloody)".
  if (SKIPPED_SYMBOLS.has(text) && state.light < MOST_LIGHT && state.lists === 0 && !walk.negative)
    step(walk, node, at + 1, { ...state, light: state.light + 1 });
  if (token.kind !== 'word') return;
  if (walk.negative) {
    if (state.light < MOST_LIGHT && (NEGATIVE_FILLERS.has(text) || FUNCTION_WORDS.has(text)))
      step(walk, node, at + 1, { ...state, light: state.light + 1 });
    return;
  }
  if (token.key === 'not' || text === 'nao') {
    if (!state.denied && state.lists === 0) step(walk, node, at + 1, { ...state, denied: true });
    return;
  }
  const light = FUNCTION_WORDS.has(text) || LIGHT_WORDS.has(text) || (walk.portuguese && text === 'no');
  if (light) {
    if (state.light < MOST_LIGHT) step(walk, node, at + 1, { ...state, light: state.light + 1 });
    return;
  }
  if (state.fillers > 0 || state.lists > 0 || !isPlain(walk, token)) return;
  let next = at + (text === 'non' ? 2 : 1);
  if (isAdjective(walk.tokens[at]) && isAdjective(walk.tokens[next])) next++;
  step(walk, node, next, { ...state, fillers: 1 });
}

const ADJECTIVE = /(?:ful|ed|en|ic|y|ous|al|id|oid|ive|ant|ent|ar)$/;

const COLOURS =
  /^(?:pale|red|green|dark|white|pink|black|brown|clear|thick|hard|firm|soft|large|small|cold|hot)$/;
const isAdjective = (t: Token | undefined) =>
  t?.kind === 'word' && (ADJECTIVE.test(t.text) || COLOURS.test(t.text)) && !BARRIERS.has(t.text);

/** Not a barrier, not a joining word, and no finding by itself unless it is an adjective ("red painful eye"). */
function isPlain<M>({ lexicon }: Walk<M>, { text, key }: Token): boolean {
  return !BARRIERS.has(text) && !COORDINATORS.has(text) && (!lexicon.single.has(key) || ADJECTIVE.test(text));
}

/** In "eating hay, droppings normal" nobody eats droppings: a verb is not shared over a mere comma. */
const VERBAL = /ing$|^(?:eats?|ate|drinks?|drank|urinates|walks|breathes|licks|passes|passed)$/;

/** "distension and" before "pain", or ", tacky" before "mucous membranes". */
function skipListItem<M>(walk: Walk<M>, node: Node<M>, at: number, token: Token, state: State): void {
  if (state.lists >= MOST_LISTS || state.fillers > 0 || !isShareable(walk)) return;
  const joins = (t: Token | undefined) =>
    t !== undefined && (walk.negative ? ALTERNATIVES : COORDINATORS).has(t.text);
  const isItem = (t: Token | undefined) => t?.kind === 'word' && !BARRIERS.has(t.text) && !joins(t);
  const [next, third] = [walk.tokens[at + 1], walk.tokens[at + 2]];
  const after = (joint: Token | undefined) => ({
    ...state,
    lists: state.lists + 1,
    joined: state.joined || joint?.text !== ',',
  });
  if (joins(token) && isItem(next)) step(walk, node, at + 2, after(token));
  // "pale and", "pale, and", "pale pink and"
  const wide = isItem(next) && isAdjective(token) && joins(third) ? 1 : 0;
  const joint = walk.tokens[at + wide + 1];
  if (!isItem(token) || !joins(joint)) return;
  const double = walk.tokens[at + wide + 2];
  if (joins(double)) step(walk, node, at + wide + 3, after(double));
  else step(walk, node, at + wide + 2, after(joint));
}

/** "exercise intolerance and syncope" says nothing of syncope on exercise, "cough and pain at night" of a cough at night. */
function isShareable<M>({ lexicon, tokens, start, negative }: Walk<M>): boolean {
  const first = tokens[start] as Token;
  return negative || (first.text !== 'exercise' && !lexicon.single.has(first.key));
}
