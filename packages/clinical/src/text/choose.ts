/** Which of the phrases found in a sentence its reading keeps. */
import type { Match } from './match.ts';

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
  // "profuse watery diarrhea", "intermittent vomiting of bile": two phrases share a word at their end.
  const end = free.includes(match.to) && match.fillers === 0 ? match.from : match.to;
  const stacked = free.length > 0 && free.length === match.positions.length - 1 && !free.includes(end);
  const { negative, rotated, tight } = match.phrase;
  const turned = rotated && match.fillers > 0;
  if (stacked && !negative && !turned && !tight) return true;
  if (free.length < match.positions.length) return false;
  return match.fillers === 0 || !crosses(match, taken);
}

function crosses<M>(match: Match<M>, taken: Uint8Array): boolean {
  for (let at = match.from; at <= match.to; at++) if (taken[at] === 1) return true;
  return false;
}
