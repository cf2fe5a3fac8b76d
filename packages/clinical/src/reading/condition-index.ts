/** The list of conditions that people search. Pure; runs in the browser. */
import type { Animal } from '../animals.ts';
import type { Condition, KnowledgeBundle } from '../knowledge/schema.ts';
import { normaliseName } from '../names.ts';

/** One line of the list. */
export type ConditionEntry = {
  id: string;
  name: string;
  /** The Portuguese name; null when there is none. */
  pt: string | null;
  synonyms: string[];
  system: Condition['system'];
  urgent: boolean;
  animals: Animal[];
  /** Every name as `normaliseName` writes it, in the order of `names`. */
  search: string[];
};

/** A line found, and the other name by which it was found; null when its own name was enough. */
export type ConditionHit = { entry: ConditionEntry; via: string | null };

export type ConditionQuery = { text: string; animal: Animal | null; system: Condition['system'] | null };

/** All names of a condition, the preferred one first. */
function namesOf({ name, pt, synonyms }: Pick<ConditionEntry, 'name' | 'pt' | 'synonyms'>): string[] {
  return pt ? [name, pt, ...synonyms] : [name, ...synonyms];
}

/** The conditions of a knowledge base as lines, by name. */
export function indexConditions({ conditions }: KnowledgeBundle): ConditionEntry[] {
  return conditions
    .map((condition) => {
      const names = {
        name: condition.name.en,
        pt: condition.name.pt ?? null,
        synonyms: [...condition.synonyms, ...condition.pt],
      };
      return {
        id: condition.id,
        ...names,
        system: condition.system,
        urgent: condition.urgent,
        animals: Object.keys(condition.species) as Animal[],
        search: namesOf(names).map(normaliseName),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** "addisons", "mites": the beginning of a word is enough, so its last s may go. */
const PLURAL = /(?<=...)s$/;

/** How well one name fits: 0 it begins with the text, 1 all words begin words of it, null not at all. */
function fit(name: string, text: string, words: readonly string[]): number | null {
  if (name.startsWith(text)) return 0;
  return words.every((word) => name.startsWith(word) || name.includes(` ${word}`)) ? 1 : null;
}

/**
 * The lines that match, best first: every word typed must begin a word of the same name. Case, accents and UK or US
 * spelling do not matter. Empty text matches all, in the order of the list.
 */
export function searchConditions(entries: readonly ConditionEntry[], query: ConditionQuery): ConditionHit[] {
  const text = normaliseName(query.text);
  const words = text.split(' ').flatMap((word) => (word === '' ? [] : [word.replace(PLURAL, '')]));
  const found: { hit: ConditionHit; place: number }[] = [];
  for (const entry of entries) {
    if (query.animal && !entry.animals.includes(query.animal)) continue;
    if (query.system && entry.system !== query.system) continue;
    const fits = entry.search.map((name) => fit(name, text, words));
    const own = fits[0] ?? null;
    const best = Math.min(...fits.map((value) => value ?? Number.POSITIVE_INFINITY));
    if (best === Number.POSITIVE_INFINITY) continue;
    const via = own === null ? (namesOf(entry)[fits.indexOf(best)] ?? null) : null;
    // The own name before another one, its beginning before its middle.
    found.push({ hit: { entry, via }, place: own ?? best + 2 });
  }
  return found.sort((a, b) => a.place - b.place).map(({ hit }) => hit);
}
