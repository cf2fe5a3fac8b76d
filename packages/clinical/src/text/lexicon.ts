/** Phrases of many words found in running text: a trie over stems that tolerates inflection, order and fillers. */
import { correct, type FuzzyIndex, fuzzyIndex } from './fuzzy.ts';
import { MINUS, PLUS } from './refine.ts';
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

/** One phrase of the lexicon. `M` is what it stands for. */
export type Phrase<M> = {
  meaning: M;
  /** Stems in order, function words left out. */
  keys: string[];
  /** As written, function words included; several spellings of one phrase. */
  texts: string[];
  /** Holds its own negation ("not eating"). */
  negative: boolean;
  /** Another order of the words of a phrase ("abdomen painful" for "painful abdomen"). */
  rotated: boolean;
  /** Holds a function word that matters ("in heat", "off food"): nothing may stand between its words. */
  tight: boolean;
  /** Words must be typed as they are, not merely have the same stem (short names); null where the stem will do. */
  literal: (string | null)[] | null;
};

type Node<M> = { next: Map<string, Node<M>>; phrases: Phrase<M>[] };

export type Lexicon<M> = {
  root: Node<M>;
  /** Every stem that occurs in a phrase. */
  known: Set<string>;
  /** Stems that are a phrase by themselves. */
  single: Set<string>;
  fuzzy: FuzzyIndex;
};

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

export type PhraseSource<M> = { tokens: Token[]; meaning: M; literal?: boolean; fixedOrder?: boolean };

/** Builds the trie. Phrases of the same words keep all their meanings; rotations never displace a phrase. */
export function compileLexicon<M>(sources: Iterable<PhraseSource<M>>): Lexicon<M> {
  const root: Node<M> = { next: new Map(), phrases: [] };
  const known = new Set<string>();
  const single = new Set<string>();
  const rotations: Phrase<M>[] = [];
  for (const { tokens, meaning, literal, fixedOrder } of sources) {
    const content = contentTokens(tokens, literal === true);
    if (content.length === 0) continue;
    const keys = content.map((t) => t.key);
    const negative = content.some((t) => NEGATIVE_KEYS.has(t.key));
    const phrase = {
      meaning,
      keys,
      texts: [tokens.map((t) => t.text).join(' ')],
      negative,
      rotated: false,
      tight: content.length > 1 && content.some((t) => FUNCTION_WORDS.has(t.text)),
      literal: literal ? content.map((t) => (t.text.length <= 4 ? t.text : null)) : null,
    };
    insert(root, phrase);
    for (const key of keys) known.add(key);
    if (keys.length === 1) single.add(keys[0] as string);
    // "deep pain absent" for "absent deep pain", "no deep pain".
    if (/^(?:absent|absence|no)$/.test(keys[0] as string) && keys.length > 1)
      rotations.push({ ...phrase, keys: [...keys.slice(1), 'absent'], rotated: true });
    if (!negative && !fixedOrder && !literal)
      for (const turned of turns(keys)) rotations.push({ ...phrase, keys: turned, rotated: true });
  }
  for (const phrase of rotations) insert(root, phrase);
  return { root, known, single, fuzzy: fuzzyIndex(known) };
}

/** Symbols that are part of names: K+, Na:K, LA/Ao, (-). */
const NAME_SYMBOLS = new Set([PLUS, MINUS, '/', ':', '%', '+', '-']);

/** The tokens of a phrase that count: function words go unless fewer than two would be left, or it is a name. */
function contentTokens(tokens: Token[], literal: boolean): Token[] {
  const words = tokens.filter((t) => t.kind === 'word' || t.kind === 'number' || NAME_SYMBOLS.has(t.text));
  const content = words.filter((t) => !FUNCTION_WORDS.has(t.text));
  return content.length >= 2 && !literal ? content : words;
}

function insert<M>(root: Node<M>, phrase: Phrase<M>): void {
  let node = root;
  for (const key of phrase.keys) {
    let next = node.next.get(key);
    if (!next) {
      next = { next: new Map(), phrases: [] };
      node.next.set(key, next);
    }
    node = next;
  }
  if (phrase.rotated && node.phrases.length > 0) return;
  const meaning = node.phrases.length > 0 ? JSON.stringify(phrase.meaning) : '';
  const same = node.phrases.find((p) => JSON.stringify(p.meaning) === meaning);
  if (same) same.texts.push(...phrase.texts);
  else node.phrases.push(phrase);
}

function turns(keys: string[]): string[][] {
  if (keys.length < 2 || keys.length > 4) return [];
  const [first, ...rest] = keys as [string, ...string[]];
  const turned = [[...rest, first]];
  if (keys.length === 3) turned.push([keys.at(-1) as string, ...keys.slice(0, -1)]);
  return turned;
}

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
const SKIPPED_SYMBOLS = new Set([':', '(', '-', '=', '"', PLUS]);

type State = {
  fillers: number;
  light: number;
  /** List items reached across, and whether an "and" or "or" was among their joints. */
  lists: number;
  joined: boolean;
  denied: boolean;
  positions: number[];
};

const MOST_LIGHT = 3;
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

function children<M>(walk: Walk<M>, node: Node<M>, token: Token): Node<M>[] {
  const direct = node.next.get(token.key);
  if (direct) return [direct];
  if (token.kind !== 'word' || walk.lexicon.known.has(token.key)) return [];
  const corrected = correct(walk.lexicon.fuzzy, token.text, token.key);
  const near = corrected === null ? undefined : node.next.get(corrected);
  return near ? [near] : [];
}

function enter<M>(walk: Walk<M>, node: Node<M>, at: number, state: State): void {
  record(walk, node, state);
  if (node.next.size > 0) step(walk, node, at, state);
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
  for (const phrase of node.phrases) {
    if (phrase.rotated && state.fillers > 0) continue;
    // "in heat" is not "in the heat".
    if (state.lists > 0 && !state.joined && VERBAL.test((walk.tokens[walk.start] as Token).text)) continue;
    if (phrase.tight && state.light + state.fillers + state.lists > 0) continue;
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
    if (state.light < MOST_LIGHT && NEGATIVE_FILLERS.has(text))
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

const COLOURS = /^(?:red|green|dark|white|pink|black|brown|clear|thick|hard|firm|soft|large|small|cold|hot)$/;
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
  else if (isItem(token) && joins(next)) {
    if (joins(third)) step(walk, node, at + 3, after(third));
    else step(walk, node, at + 2, after(next));
  }
}

/** "exercise intolerance and syncope" says nothing of syncope on exercise, "cough and pain at night" of a cough at night. */
function isShareable<M>({ lexicon, tokens, start, negative }: Walk<M>): boolean {
  const first = tokens[start] as Token;
  return negative || (first.text !== 'exercise' && !lexicon.single.has(first.key));
}

/**
 * The matches that the reading keeps: the longest, then the most literal. A word belongs to one match, except that
 * phrases of several meanings, equally well matched, keep them all.
 */
export function chooseMatches<M>(matches: Match<M>[], length: number): Match<M>[] {
  const ranked = matches.map((match) => ({ match, rank: rankOf(match) }));
  ranked.sort((a, b) => b.rank - a.rank || a.match.from - b.match.from);
  const taken = new Uint8Array(length);
  const ranks = new Map<string, number>();
  const chosen: Match<M>[] = [];
  for (const { match, rank } of ranked) {
    const place = match.positions.join();
    if (ranks.get(place) !== rank) {
      if (!fits(match, taken)) continue;
      for (const p of match.positions) taken[p] = 1;
      ranks.set(place, rank);
    }
    chosen.push(match);
  }
  return chosen.sort((a, b) => a.from - b.from || a.to - b.to);
}

function rankOf<M>({ phrase, fillers, shared, exact, from, to, positions }: Match<M>): number {
  return (
    positions.length * 1000 -
    (shared ? 400 : 0) -
    (phrase.rotated ? 100 : 0) -
    fillers * 50 -
    (phrase.negative ? 30 : 0) +
    (exact ? 5 : 0) -
    (to - from)
  );
}

function fits<M>(match: Match<M>, taken: Uint8Array): boolean {
  const free = match.positions.filter((p) => taken[p] === 0);
  if (match.shared) return free.length > 0;
  // "profuse watery diarrhea" is both: the first adjective reaches over the second to the noun they share.
  const stacked = free.length > 0 && free.length === match.positions.length - 1 && !free.includes(match.to);
  const { negative, rotated, tight } = match.phrase;
  if (stacked && !negative && !rotated && !tight) return true;
  if (free.length < match.positions.length) return false;
  return match.fillers === 0 || !crosses(match, taken);
}

function crosses<M>(match: Match<M>, taken: Uint8Array): boolean {
  for (let at = match.from; at <= match.to; at++) if (taken[at] === 1) return true;
  return false;
}
