/** Ranks the conditions of one patient and turns scores into shares of 100. */
import type { Condition } from '../knowledge/schema.ts';
import { type CaseContext, evaluate } from './evaluate.ts';
import { gate, gateWords } from './signalment.ts';
import { presentContributions, weighForUnknown } from './weigh.ts';

export type Ranked = {
  condition: number;
  score: number;
  /** 0-100; all of them and `other` add up to 100. */
  probability: number;
};

export type Ranking = {
  ranked: Ranked[];
  /** Conditions whose findings fit as well as those of the leading ones and that the signalment rules out. */
  excluded: { condition: number; reason: string }[];
  /** Percent for what the knowledge base does not hold. */
  other: number;
};

/** Conditions that would have stood among so many are worth naming as excluded. */
const EXCLUDED_WITHIN = 5;
const EXCLUDED_AT_MOST = 5;

/** Ranks all conditions that the signalment allows, `skip` left out. Same case, same answer. */
export function rank(context: CaseContext, skip: ReadonlySet<string> = new Set()): Ranking {
  const { model, signalment } = context;
  const ranked: Ranked[] = [];
  const gated: number[] = [];
  model.conditions.forEach((entry, condition) => {
    if (skip.has(entry.id)) return;
    if (gate(entry, signalment)) gated.push(condition);
    else ranked.push({ condition, score: evaluate(context, condition), probability: 0 });
  });
  ranked.sort((a, b) => b.score - a.score || (idOf(context, a) < idOf(context, b) ? -1 : 1));
  const other = otherShare(context, ranked);
  spread(ranked, 1 - other, model.parameters.temperature);
  return { ranked, excluded: fittingButGated(context, ranked, gated), other: other * 100 };
}

function idOf(context: CaseContext, scored: Ranked): string {
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

/** Competes with all conditions: large where none of them explains the findings as well as one could. */
function otherShare(context: CaseContext, ranked: readonly Ranked[]): number {
  const { temperature, other } = context.model.parameters;
  const top = ranked[0]?.score;
  if (top === undefined) return 1;
  const known = ranked.reduce((sum, r) => sum + Math.exp((r.score - top) / temperature), 0);
  const unknown = Math.exp((other.bias + other.share * weighForUnknown(context.weights) - top) / temperature);
  return Math.min(other.max, Math.max(other.min, unknown / (unknown + known)));
}

/**
 * A condition that the recorded sex rules out is named when it would have stood among the first five, one of another
 * animal only when it would have led the list.
 */
function fittingButGated(
  context: CaseContext,
  allowed: readonly Ranked[],
  gated: readonly number[],
): Ranking['excluded'] {
  const { commonness } = context.animal;
  const scoreAt = (place: number) => allowed[Math.min(place, allowed.length) - 1]?.score ?? -Infinity;
  const [first, fifth] = [scoreAt(1), scoreAt(EXCLUDED_WITHIN)];
  const leader = allowed[0] ? explainedCount(context, allowed[0].condition) : 0;
  return gated
    .filter((condition) => commonness[condition] !== 0 || explainedCount(context, condition) >= leader)
    .map((condition) => ({ condition, score: evaluate(context, condition) }))
    .filter(({ condition, score }) => score >= (commonness[condition] === 0 ? first : fifth))
    .filter(({ condition }) =>
      presentContributions(context.weights, condition).some((c) => c.role === 'explained' && c.weight > 0),
    )
    .sort((a, b) => b.score - a.score || a.condition - b.condition)
    .slice(0, EXCLUDED_AT_MOST)
    .map(({ condition }) => ({ condition, reason: gateReason(context, condition) }));
}

function gateReason({ model, signalment }: CaseContext, condition: number): string {
  const kind = gate(model.conditions[condition] as Condition, signalment);
  return kind === null ? '' : gateWords(kind, signalment);
}

/** How many present findings the condition lists or implies: a cheap look before the score. */
function explainedCount({ model, evidence }: CaseContext, condition: number): number {
  const row = condition * model.findings.length;
  let count = 0;
  for (const { finding } of evidence.present) if ((model.freq[row + finding] as number) > 0) count++;
  return count;
}
