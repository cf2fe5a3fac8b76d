/** Phrases of many words compiled into a trie over stems; `match.ts` finds them in a sentence. */
import { type FuzzyIndex, fuzzyIndex } from './fuzzy.ts';
import { MINUS, PLUS } from './refine.ts';
import { usSpelling } from './stem.ts';
import type { Token } from './tokens.ts';
import { FUNCTION_WORDS, NEGATIVE_KEYS } from './words.ts';

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

/** A word of the trie. Most are the last of their phrase: they have no map. */
export type Node<M> = { next: Map<string, Node<M>> | null; phrases: Phrase<M>[] | null };

export type Lexicon<M> = {
  root: Node<M>;
  /** Every stem that occurs in a phrase. */
  known: Set<string>;
  /** Stems that are a phrase by themselves. */
  single: Set<string>;
  fuzzy: FuzzyIndex;
};

export type PhraseSource<M> = { tokens: Token[]; meaning: M; literal?: boolean; fixedOrder?: boolean };

/** Builds the trie. Phrases of the same words keep all their meanings; rotations never displace a phrase. */
export function compileLexicon<M>(sources: Iterable<PhraseSource<M>>): Lexicon<M> {
  const root: Node<M> = { next: new Map(), phrases: null };
  const known = new Set<string>();
  const written = new Map<string, string>();
  const seen = new Set<string>();
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
    for (const { key, text } of content) {
      if (seen.has(text)) continue;
      seen.add(text);
      known.add(key);
      written.set(usSpelling(text), key);
    }
    if (keys.length === 1 && !literal) single.add(keys[0] as string);
    // "deep pain absent" for "absent deep pain", "no deep pain".
    if (/^(?:absent|absence|no)$/.test(keys[0] as string) && keys.length > 1)
      rotations.push({ ...phrase, keys: [...keys.slice(1), 'absent'], rotated: true });
    if (!negative && !fixedOrder && !literal)
      for (const turned of turns(keys)) rotations.push({ ...phrase, keys: turned, rotated: true });
  }
  for (const phrase of rotations) insert(root, phrase);
  return { root, known, single, fuzzy: fuzzyIndex(written) };
}

/** Stands for any number in a phrase: "in heat # weeks ago". */
export const ANY_NUMBER = '#';

/** Symbols that are part of names: K+, Na:K, LA/Ao, (-). */
const NAME_SYMBOLS = new Set([ANY_NUMBER, PLUS, MINUS, '/', ':', '%', '+', '-']);

/** The tokens of a phrase that count: function words go unless fewer than two would be left, or it is a name. */
function contentTokens(tokens: Token[], literal: boolean): Token[] {
  const words = tokens.filter((t) => t.kind === 'word' || t.kind === 'number' || NAME_SYMBOLS.has(t.text));
  const content = words.filter((t) => !FUNCTION_WORDS.has(t.text));
  return content.length >= 2 && !literal ? content : words;
}

function insert<M>(root: Node<M>, phrase: Phrase<M>): void {
  let node = root;
  for (const key of phrase.keys) {
    node.next ??= new Map();
    let next = node.next.get(key);
    if (!next) {
      next = { next: null, phrases: null };
      node.next.set(key, next);
    }
    node = next;
  }
  if (phrase.rotated && node.phrases) return;
  const same = node.phrases?.find((p) => p.meaning === phrase.meaning);
  if (same) same.texts.push(...phrase.texts);
  else if (node.phrases) node.phrases.push(phrase);
  else node.phrases = [phrase];
}

function turns(keys: string[]): string[][] {
  if (keys.length < 2 || keys.length > 4) return [];
  const [first, ...rest] = keys as [string, ...string[]];
  const turned = [[...rest, first]];
  if (keys.length === 3) turned.push([keys.at(-1) as string, ...keys.slice(0, -1)]);
  return turned;
}
