/** Misspellings: the lexicon word within one edit (6 letters and more) or two (9 and more). */

/** Lexicon words by first letter and length, with the set of their letters for a quick no. */
export type FuzzyIndex = {
  buckets: Map<string, { word: string; letters: number }[]>;
  cache: Map<string, string | null>;
};

/**
 * Ordinary words of clinical notes that lie within reach of a lexicon word and are no misspelling of it. First
 * letters must agree anyway, which spares "training" from "straining".
 */
const NOT_MISSPELT = new Set(
  'breed breath breeding breathing painting pointing counting coating painful outside inside patient patience station starting staring stating sharing scaling sealing feeding finding folding bedding holding heading reading leading loading landing lending'.split(
    ' ',
  ),
);
const CACHE_LIMIT = 5000;

export function fuzzyIndex(words: Iterable<string>): FuzzyIndex {
  const buckets: FuzzyIndex['buckets'] = new Map();
  for (const word of words) {
    if (word.length < 6 || !/^[a-z]+$/.test(word)) continue;
    const key = word[0] + String(word.length);
    const bucket = buckets.get(key) ?? [];
    bucket.push({ word, letters: letterSet(word) });
    buckets.set(key, bucket);
  }
  return { buckets, cache: new Map() };
}

/** The nearest lexicon word, or null. Ties go to the alphabetically first. Both are stems; `typed` is the full word. */
export function correct(index: FuzzyIndex, typed: string, key: string): string | null {
  if (typed.length < 6 || key.length < 5 || key.length > 24 || NOT_MISSPELT.has(typed)) return null;
  const known = index.cache.get(key);
  if (known !== undefined) return known;
  const found = search(index, key, typed.length >= 9 && key.length >= 7 ? 2 : 1);
  if (index.cache.size >= CACHE_LIMIT) index.cache.clear();
  index.cache.set(key, found);
  return found;
}

function search(index: FuzzyIndex, key: string, limit: number): string | null {
  const letters = letterSet(key);
  let best: string | null = null;
  let reach = limit;
  for (let length = key.length - limit; length <= key.length + limit; length++) {
    for (const { word, letters: other } of index.buckets.get(key[0] + String(length)) ?? []) {
      if (bits(letters ^ other) > 2 * reach) continue;
      const distance = editDistance(key, word, reach);
      if (distance > reach) continue;
      if (distance < reach || best === null || word < best) best = word;
      reach = distance;
    }
  }
  return best;
}

function letterSet(word: string): number {
  let set = 0;
  for (let i = 0; i < word.length; i++) set |= 1 << (word.charCodeAt(i) - 97);
  return set;
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Optimal string alignment distance (a swap of neighbours is one edit), given up above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let lowest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
      if (cost < lowest) lowest = cost;
    }
    if (lowest > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length] as number;
}
