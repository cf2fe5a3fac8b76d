/** The real knowledge base: sound as a whole, and every red flag raised by its own note and by no near miss. */
import { describe, expect, test } from 'vitest';
import { KNOWLEDGE_ROOT, loadKnowledge } from '../../../scripts/knowledge/load.ts';
import { type Animal, EXOTIC_ANIMALS, OTHER_ANIMALS, SPECIES } from '../src/animals.ts';
import { createEngine } from '../src/engine.ts';
import type { RedFlag } from '../src/knowledge/schema.ts';
import type { CaseInput } from '../src/types.ts';

const { bundle, problems } = loadKnowledge(KNOWLEDGE_ROOT);
const engine = createEngine(bundle);

test('knowledge/ has no errors', () => {
  const errors = problems.filter((p) => p.level === 'error').map((p) => `${p.file}:${p.line} ${p.message}`);
  expect(errors).toEqual([]);
});

type Note = RedFlag['tests']['hit'];

function toInput(note: Note): CaseInput {
  const { species, breed } = speciesOf(note.species);
  return {
    species,
    breed: note.breed ?? breed,
    sex: note.sex ?? null,
    age: note.age ?? null,
    clinicalSigns: note.note,
  };
}

/** A vet picks `exotic` and types the animal as the breed. */
function speciesOf(animal: Animal): { species: CaseInput['species']; breed: string | null } {
  const own = SPECIES.find((s) => s === animal);
  if (own) return { species: own, breed: null };
  const breed = animal.replace('_', ' ');
  if (EXOTIC_ANIMALS.some((a) => a === animal)) return { species: 'exotic', breed };
  return { species: OTHER_ANIMALS.some((a) => a === animal) ? 'other' : 'exotic', breed };
}

describe.each(Object.entries(bundle.redFlags))('red flag %s', (id, rule) => {
  const raised = (note: Note) => engine.analyze(toInput(note)).redFlags.map((f) => f.id);

  test('is raised by its note', () => expect(raised(rule.tests.hit)).toContain(id));

  test.each(rule.tests.near)('is not raised by a near miss: $note', (note) => {
    expect(raised(note)).not.toContain(id);
  });
});
