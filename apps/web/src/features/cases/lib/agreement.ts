import { normaliseName } from '@mozarela/clinical/names';
import type { Diagnosis } from '@mozarela/clinical/types';

/** How many of each engine's names are compared. */
const COMPARED = 5;

export type Agreement = {
  /** How many names each side was compared by: five, or fewer when one engine gave fewer. */
  of: number;
  /** Those that both name among their first, with the rank that each gives. */
  shared: { knowledgeId: string; aiId: string; name: string; knowledgeRank: number; aiRank: number }[];
};

type Named = Pick<Diagnosis, 'id' | 'name' | 'synonyms'>;

const names = ({ name, synonyms }: Named) => [name, ...synonyms].map(normaliseName);

/** The same condition: by its id in the knowledge base, or by any of its names. */
function same(one: Named, other: Named): boolean {
  if (one.id === other.id) return true;
  const known = new Set(names(one));
  return names(other).some((name) => known.has(name));
}

/**
 * What two engines agree on among their first five. Ranks only: what each makes of a diagnosis is never averaged.
 * @returns null when either names nothing
 */
export function agreementOf(knowledge: readonly Named[], ai: readonly Named[]): Agreement | null {
  const of = Math.min(COMPARED, knowledge.length, ai.length);
  if (of === 0) return null;
  const free = new Map(ai.slice(0, COMPARED).map((entry, index) => [index + 1, entry]));
  const shared = knowledge.slice(0, COMPARED).flatMap((known, index) => {
    const match = [...free].find(([, entry]) => same(known, entry));
    if (!match) return [];
    const [aiRank, { id: aiId }] = match;
    free.delete(aiRank);
    return [{ knowledgeId: known.id, aiId, name: known.name, knowledgeRank: index + 1, aiRank }];
  });
  return { of, shared };
}
