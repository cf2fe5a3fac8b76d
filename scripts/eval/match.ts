/**
 * Does a condition of the knowledge base carry one of a case's accepted names? Equal names first; a name inside a
 * longer one only when it is long or rare enough to mean one disease. Every match says by which rule, for a human
 * to check.
 */
import type { Condition } from '../../packages/clinical/src/knowledge/schema.ts';
import { normaliseName } from '../../packages/clinical/src/names.ts';

export const RULES = ['equal', 'equal without species', 'within'] as const;
export type Rule = (typeof RULES)[number];
export type NameMatch = { condition: string; rule: Rule; name: string; accepted: string };

const SPECIES_WORDS =
  /\b(?:canine|feline|equine|bovine|ovine|caprine|porcine|avian|psittacine|lapine|cavian|camelid|dogs?|cats?|horses?|cattle|cows?|calf|calves|foals?|sheep|goats?|pigs?|rabbits?|ferrets?|birds?|of|in|the|a|an|acute|chronic)\b/g;

function bare(name: string): string {
  return name.replace(SPECIES_WORDS, ' ').replace(/\s+/g, ' ').trim();
}

type Named = { condition: string; name: string; bare: string };
export type NameIndex = { names: Named[]; owners: Map<string, Set<string>> };

/** Names of all conditions, and which conditions use each word. */
export function indexNames(conditions: readonly Condition[]): NameIndex {
  const names = conditions.flatMap((c) =>
    [...new Set([c.name.en, ...c.synonyms].map(normaliseName))].map((name) => ({
      condition: c.id,
      name,
      bare: bare(name),
    })),
  );
  const owners = new Map<string, Set<string>>();
  for (const { condition, name } of names)
    for (const word of name.split(' ')) owners.set(word, (owners.get(word) ?? new Set()).add(condition));
  return { names, owners };
}

/** Conditions that carry one of the accepted names, each by its best rule. */
export function matchNames(index: NameIndex, accept: readonly string[]): Map<string, NameMatch> {
  const accepted = [...new Set(accept.map(normaliseName))]
    .filter((name) => name !== '')
    .map((name) => ({ name, bare: bare(name) }));
  const found = new Map<string, NameMatch>();
  for (const named of index.names) {
    const { condition, name } = named;
    for (const wanted of accepted) {
      const rule = ruleFor(index, named, wanted);
      const before = found.get(condition);
      if (rule && (!before || RULES.indexOf(rule) < RULES.indexOf(before.rule)))
        found.set(condition, { condition, rule, name, accepted: wanted.name });
    }
  }
  const equal = [...found.values()].some((m) => m.rule !== 'within');
  if (equal) for (const [id, m] of found) if (m.rule === 'within') found.delete(id);
  return found;
}

function ruleFor(index: NameIndex, named: Named, wanted: Omit<Named, 'condition'>): Rule | null {
  if (named.name === wanted.name) return 'equal';
  const [a, b] = [named.bare, wanted.bare];
  if (a === '' || b === '') return null;
  if (a === b) return 'equal without species';
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return ` ${long} `.includes(` ${short} `) && meansOneDisease(index, named.condition, short)
    ? 'within'
    : null;
}

/** Two words or more, or one long word that no other condition's name uses. */
function meansOneDisease(index: NameIndex, condition: string, words: string): boolean {
  if (words.includes(' ')) return true;
  const owners = index.owners.get(words);
  return words.length >= 6 && owners?.size === 1 && owners.has(condition);
}
