/** Ranks the conditions of one patient and turns scores into shares of 100. */
import { type CaseContext, evaluate, type Scored, unknownDisease } from './evaluate.ts';
import { gate } from './signalment.ts';

export type Ranked = Scored & {
  /** 0-100; all of them and `other` add up to 100. */
  probability: number;
  /** Important findings of the case that this condition does not explain, as indices. */
  unexplained: number[];
};

type Gated = { condition: number; reason: string };

export type Ranking = {
  ranked: Ranked[];
  /** Conditions whose findings fit as well as those of the leading ones and that the signalment rules out. */
  excluded: Gated[];
  /** Percent for what the knowledge base does not hold. */
  other: number;
};

/** Conditions that would have stood among so many are worth naming as excluded. */
const EXCLUDED_WITHIN = 5;
const EXCLUDED_AT_MOST = 5;

/** Ranks all conditions that the signalment allows, `skip` left out. Same case, same answer. */
export function rank(context: CaseContext, skip: ReadonlySet<string> = new Set()): Ranking {
  const { model, signalment } = context;
  const allowed: Scored[] = [];
  const gated: Gated[] = [];
  model.conditions.forEach((entry, condition) => {
    if (skip.has(entry.id)) return;
    const reason = gate(entry, signalment);
    if (reason === null) allowed.push(evaluate(context, condition));
    else gated.push({ condition, reason });
  });
  allowed.sort((a, b) => b.score - a.score || (idOf(context, a) < idOf(context, b) ? -1 : 1));
  const ranked = allowed.map((s) => ({ ...s, probability: 0, unexplained: unexplainedBy(context, s) }));
  const other = otherShare(context, ranked);
  spread(ranked, 1 - other, model.parameters.temperature);
  return { ranked, excluded: fittingButGated(context, allowed, gated), other: other * 100 };
}

function idOf(context: CaseContext, scored: Scored): string {
  return context.model.conditions[scored.condition]?.id ?? '';
}

/** Softmax, scaled to `mass`. */
function spread(ranked: Ranked[], mass: number, temperature: number): void {
  const top = ranked[0]?.score ?? 0;
  const shares = ranked.map((r) => Math.exp((r.score - top) / temperature));
  const total = shares.reduce((a, b) => a + b, 0);
  ranked.forEach((r, i) => {
    r.probability = (100 * mass * (shares[i] as number)) / total;
  });
}

function unexplainedBy(context: CaseContext, scored: Scored): number[] {
  const { findings, parameters } = context.model;
  return scored.contributions
    .filter((c) => c.role === 'unexplained' || c.role === 'against')
    .map((c) => c.evidence.finding)
    .filter((f) => (findings[f]?.importance ?? 0) >= parameters.other.importance);
}

/** Competes with all conditions: large where none of them explains the findings as well as one could. */
function otherShare(context: CaseContext, ranked: readonly Ranked[]): number {
  const { temperature, other } = context.model.parameters;
  const top = ranked[0]?.score;
  if (top === undefined) return 1;
  const known = ranked.reduce((sum, r) => sum + Math.exp((r.score - top) / temperature), 0);
  const unknown = Math.exp((other.bias + other.share * unknownDisease(context) - top) / temperature);
  return Math.min(other.max, Math.max(other.min, unknown / (unknown + known)));
}

/**
 * A condition that the recorded sex rules out is named when it would have stood among the first five, one of another
 * animal only when it would have led the list.
 */
function fittingButGated(
  context: CaseContext,
  allowed: readonly Scored[],
  gated: readonly Gated[],
): Ranking['excluded'] {
  const scoreAt = (place: number) => allowed[Math.min(place, allowed.length) - 1]?.score ?? -Infinity;
  const [first, fifth] = [scoreAt(1), scoreAt(EXCLUDED_WITHIN)];
  const leader = allowed[0] ? explainedCount(context, allowed[0].condition) : 0;
  return gated
    .filter(
      (g) => context.animal.commonness[g.condition] !== 0 || explainedCount(context, g.condition) >= leader,
    )
    .map((g) => ({ ...g, scored: evaluate(context, g.condition) }))
    .filter((g) => g.scored.score >= (context.animal.commonness[g.condition] === 0 ? first : fifth))
    .filter((g) => g.scored.contributions.some((c) => c.role === 'explained' && c.weight > 0))
    .sort((a, b) => b.scored.score - a.scored.score || a.condition - b.condition)
    .slice(0, EXCLUDED_AT_MOST)
    .map(({ condition, reason }) => ({ condition, reason }));
}

/** How many present findings the condition lists or implies: a cheap look before the score. */
function explainedCount(context: CaseContext, condition: number): number {
  const { model, evidence } = context;
  const row = condition * model.findings.length;
  return evidence.present.filter((e) => (model.freq[row + e.finding] as number) > 0).length;
}
