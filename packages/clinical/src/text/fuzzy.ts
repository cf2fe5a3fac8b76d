/** Misspellings: the lexicon word within one slip (6 letters and more) or two light ones (9 and more). */
import { isRealWord } from './real-words.ts';

/** A word as written in the lexicon, its stem, and the set of its letters for a quick no. */
type Entry = { word: string; key: string; letters: number };

/** Lexicon words by first letter and length. */
export type FuzzyIndex = { buckets: Map<string, Entry[]>; cache: Map<string, string | null> };

const CACHE_LIMIT = 5000;

/** `words` maps words as written to their stems. */
export function fuzzyIndex(words: ReadonlyMap<string, string>): FuzzyIndex {
  const buckets: FuzzyIndex['buckets'] = new Map();
  for (const [word, key] of words) {
    if (word.length < 6 || !/^[a-z]+$/.test(word)) continue;
    const place = word[0] + String(word.length);
    const entry = { word, key, letters: letterSet(word) };
    const bucket = buckets.get(place);
    if (bucket) bucket.push(entry);
    else buckets.set(place, [entry]);
  }
  return { buckets, cache: new Map() };
}

/** The stem of the nearest lexicon word, or null. Ties go to the alphabetically first. */
export function correct(index: FuzzyIndex, typed: string): string | null {
  if (typed.length < 6 || typed.length > 24 || !/^[a-z]+$/.test(typed) || isRealWord(typed)) return null;
  const known = index.cache.get(typed);
  if (known !== undefined) return known;
  const long = typed.length >= 9;
  const found = search(index, typed, long ? TWO_SLIPS : ONE_SLIP, long ? 2 : 1);
  if (index.cache.size >= CACHE_LIMIT) index.cache.clear();
  index.cache.set(typed, found);
  return found;
}

/** Costs of slips in tenths. Vowels and letters that sound alike are confused most; a strange consonant is no slip. */
const LETTER = 10;
const DOUBLED = 5;
const VOWEL = 6;
const ALIKE = 8;
const SWAPPED = 8;
const STRANGE = 14;
/** One slip in a word of six letters, two light ones in nine. */
const ONE_SLIP = 10;
const TWO_SLIPS = 15;

function search({ buckets }: FuzzyIndex, typed: string, limit: number, letters: number): string | null {
  const own = letterSet(typed);
  let best: Entry | null = null;
  let reach = limit;
  for (let length = typed.length - letters; length <= typed.length + letters; length++) {
    for (const entry of buckets.get(typed[0] + String(length)) ?? []) {
      if (bits(own ^ entry.letters) > 2 * letters) continue;
      const distance = slips(typed, entry.word, reach);
      if (distance > reach) continue;
      if (distance < reach || best === null || entry.word < best.word) best = entry;
      reach = distance;
    }
  }
  return best?.key ?? null;
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

const VOWELS = 'aeiouy';
const SOUND_ALIKE = ['ckqsz', 'cx', 'mn', 'bv', 'gj', 'dt', 'fv', 'bp'];

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  if (VOWELS.includes(a) && VOWELS.includes(b)) return VOWEL;
  return SOUND_ALIKE.some((set) => set.includes(a) && set.includes(b)) ? ALIKE : STRANGE;
}

/** Weighted edit distance with swaps of neighbours, given up above `limit`. */
export function slips(a: string, b: string, limit: number): number {
  const extra = (word: string, at: number) => (word[at] === word[at - 1] ? DOUBLED : LETTER);
  let before: number[] = [];
  let last = [0];
  for (let j = 1; j <= b.length; j++) last.push((last[j - 1] as number) + extra(b, j - 1));
  for (let i = 1; i <= a.length; i++) {
    const row = [(last[0] as number) + extra(a, i - 1)];
    let lowest = row[0] as number;
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(
        (last[j] as number) + extra(a, i - 1),
        (row[j - 1] as number) + extra(b, j - 1),
        (last[j - 1] as number) + substitution(a[i - 1] as string, b[j - 1] as string),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + SWAPPED);
      row.push(cost);
      if (cost < lowest) lowest = cost;
    }
    if (lowest > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length] as number;
}
