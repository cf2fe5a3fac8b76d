/**
 * Can each condition be told from the others by what it lists itself? Its own half, usual and cardinal findings are
 * handed to the score; where it does not come out among the first three, two entries are too alike or too thin. Not a
 * measure of accuracy.
 */

import { type Animal, SPECIES } from '../../packages/clinical/src/animals.ts';
import type { KnowledgeBundle } from '../../packages/clinical/src/knowledge/schema.ts';
import { analyzeExtraction } from '../../packages/clinical/src/score/analyze.ts';
import { compileScoring } from '../../packages/clinical/src/score/model.ts';
import type { Parameters } from '../../packages/clinical/src/score/parameters.ts';
import type { Extraction } from '../../packages/clinical/src/types.ts';

export type Confusable = { id: string; animal: Animal; rank: number | null; ahead: string[] };

const TYPICAL = new Set(['half', 'usual', 'cardinal']);

export function findConfusable(bundle: KnowledgeBundle, parameters: Parameters, within = 3): Confusable[] {
  const model = compileScoring(bundle, parameters);
  const confusable: Confusable[] = [];
  for (const condition of bundle.conditions) {
    for (const animal of Object.keys(condition.species) as Animal[]) {
      const result = analyzeExtraction(model, typical(bundle, condition, animal), []);
      const place = result.diagnoses.findIndex((d) => d.id === condition.id);
      if (place >= 0 && place < within) continue;
      const ahead = result.diagnoses.slice(0, place < 0 ? within : place).map((d) => d.id);
      confusable.push({
        id: condition.id,
        animal,
        rank: place < 0 ? null : place + 1,
        ahead: ahead.slice(0, within),
      });
    }
  }
  return confusable;
}

function typical(
  bundle: KnowledgeBundle,
  condition: KnowledgeBundle['conditions'][number],
  animal: Animal,
): Extraction {
  const findings = Object.entries(condition.findings)
    .filter(([, frequency]) => TYPICAL.has(frequency))
    .map(([id]) => ({
      id,
      label: bundle.findings[id]?.label.en ?? id,
      text: '',
      start: 0,
      end: 0,
      field: 'signs' as const,
      assertion: 'present' as const,
    }));
  const signalment = {
    species: SPECIES.find((s) => s === animal) ?? ('other' as const),
    animals: [animal],
    resolved: true,
    breedId: null,
    breedGroups: [],
    sex: null,
    ageYears: null,
    weightKg: null,
  };
  return { signalment, findings, measurements: [], notUsed: [] };
}
