/** No answer names a disease of another species or of an impossible sex, however odd the note. */
import { expect, test } from 'vitest';
import { generateNotes } from '../../../scripts/eval/profile.ts';
import { KNOWLEDGE_ROOT, loadKnowledge } from '../../../scripts/knowledge/load.ts';
import { SEXES } from '../src/animals.ts';
import { createEngine } from '../src/engine.ts';

const { bundle } = loadKnowledge(KNOWLEDGE_ROOT);
const engine = createEngine(bundle);
const conditions = new Map(bundle.conditions.map((c) => [c.id, c]));
const SPECIES = ['dog', 'cat', 'horse', 'cow', 'rabbit', 'bird', 'exotic', 'other'] as const;
const BREEDS = { exotic: ['ferret', 'guinea pig', 'tortoise', null], other: ['goat', 'pig', 'sheep', null] };

test('2,000 notes of one species shown as another, of either sex', () => {
  const wrong: string[] = [];
  let named = 0;
  generateNotes(bundle, 2000).forEach((note, i) => {
    const species = SPECIES[i % SPECIES.length] ?? 'dog';
    const sex = SEXES[Math.floor(i / SPECIES.length) % SEXES.length] ?? null;
    const breeds = species === 'exotic' || species === 'other' ? BREEDS[species] : [null];
    const breed = breeds[Math.floor(i / 32) % breeds.length] ?? null;
    const result = engine.analyze({ ...note, species, sex, breed });
    for (const { id } of result.diagnoses) {
      named++;
      const condition = conditions.get(id);
      const animalFits = result.signalment.animals.some((animal) => animal in (condition?.species ?? {}));
      const sexFits = sex === null || condition?.signalment.sex?.[sex] !== 0;
      if (!animalFits || !sexFits) wrong.push(`${id} in ${species} ${sex}`);
    }
  });
  expect(named).toBeGreaterThan(20_000);
  expect(wrong).toEqual([]);
}, 120_000);
