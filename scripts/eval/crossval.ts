/**
 * Figures that the choice of constants cannot flatter: the cases are cut into folds, the constants chosen on the
 * other folds, one at a time for two rounds from the start values, and counted on the fold left out.
 */
import type { KnowledgeBundle } from '../../packages/clinical/src/knowledge/schema.ts';
import { caseContext } from '../../packages/clinical/src/score/evaluate.ts';
import { collectEvidence } from '../../packages/clinical/src/score/evidence.ts';
import { compileScoring } from '../../packages/clinical/src/score/model.ts';
import { DEFAULT_PARAMETERS, type Parameters } from '../../packages/clinical/src/score/parameters.ts';
import { rank } from '../../packages/clinical/src/score/rank.ts';
import type { Extraction } from '../../packages/clinical/src/types.ts';

export type Question = { extraction: Extraction; right: ReadonlySet<string> };

const CHOICES: readonly Partial<Parameters>[][] = [
  [{ priorExponent: 0.35 }, { priorExponent: 0.5 }, { priorExponent: 0.7 }],
  [{ signalmentExponent: 0.6 }, { signalmentExponent: 1 }],
  [{ groupDecay: 0.65 }, { groupDecay: 0.8 }, { groupDecay: 1 }],
  [{ positiveClamp: 2.5 }, { positiveClamp: 3.5 }, { positiveClamp: 5 }],
  [{ siblingCredit: 0.1 }, { siblingCredit: 0.3 }, { siblingCredit: 0.5 }],
  [{ negativeFactor: 0.2 }, { negativeFactor: 0.4 }, { negativeFactor: 0.7 }],
  [0.5, 1, 2].map((factor) => ({
    unsaid: { ...DEFAULT_PARAMETERS.unsaid, low: 0.1 * factor, high: 0.25 * factor },
  })),
];
const ROUNDS = 2;

/** Place of the right diagnosis of each question (null: unranked) under the given constants. */
export function placesWith(
  bundle: KnowledgeBundle,
  parameters: Parameters,
  questions: readonly Question[],
): (number | null)[] {
  const model = compileScoring(bundle, parameters);
  return questions.map(({ extraction, right }) => {
    const context = caseContext(model, extraction.signalment, collectEvidence(model, extraction));
    const { ranked } = rank(context);
    const place = ranked.findIndex((r) => right.has(model.conditions[r.condition]?.id ?? ''));
    return place < 0 ? null : place + 1;
  });
}

export type Crossed = {
  folds: number;
  /** Places of the held-out cases, in the order of the questions. */
  places: (number | null)[];
  /** What each fold chose, where it differs from the constants in use. */
  chosen: Partial<Parameters>[];
};

export function crossValidate(bundle: KnowledgeBundle, questions: readonly Question[], folds = 5): Crossed {
  const known = new Map<string, (number | null)[]>();
  const places = (changes: Partial<Parameters>): (number | null)[] => {
    const key = JSON.stringify(Object.entries(changes).sort());
    const found = known.get(key) ?? placesWith(bundle, { ...DEFAULT_PARAMETERS, ...changes }, questions);
    known.set(key, found);
    return found;
  };
  const result: Crossed = { folds, places: questions.map(() => null), chosen: [] };
  for (let fold = 0; fold < folds; fold++) {
    const changes = choose((candidate) => worth(places(candidate).filter((_, i) => i % folds !== fold)));
    places(changes).forEach((place, i) => {
      if (i % folds === fold) result.places[i] = place;
    });
    result.chosen.push(changes);
  }
  return result;
}

function choose(value: (changes: Partial<Parameters>) => number): Partial<Parameters> {
  let best: Partial<Parameters> = {};
  let bestValue = value(best);
  for (let round = 0; round < ROUNDS; round++) {
    for (const choice of CHOICES.flat()) {
      const candidate = { ...best, ...choice };
      const candidateValue = value(candidate);
      if (candidateValue <= bestValue) continue;
      best = candidate;
      bestValue = candidateValue;
    }
  }
  return best;
}

/** Sum of reciprocal places. */
function worth(places: readonly (number | null)[]): number {
  return places.reduce((sum: number, place) => sum + (place === null ? 0 : 1 / place), 0);
}
