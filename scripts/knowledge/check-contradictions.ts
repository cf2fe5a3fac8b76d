/** What single files cannot see: animals that contradict each other, one disease written twice, findings without use. */
import { FREQUENCY } from '../../packages/clinical/src/knowledge/frequency.ts';
import type { Condition, KnowledgeBundle } from '../../packages/clinical/src/knowledge/schema.ts';
import type { Fail } from './check.ts';
import type { Entries } from './load.ts';

/** From here on two conditions show the same picture; then something else has to tell them apart. */
const SAME_PICTURE = 0.9;

/** Their owners eat them or their milk: a disease of these alone carries the notice on withdrawal times. */
const FOOD_ANIMALS: ReadonlySet<string> = new Set(['cow', 'sheep', 'goat', 'pig']);

/** Breeds, findings and red flags of animals that a condition does not occur in. */
export function checkAnimals(entries: Entries, bundle: KnowledgeBundle, fail: Fail): void {
  const groups = new Map<string, Set<string>>();
  for (const { animal, groups: names } of Object.values(bundle.breeds))
    for (const name of names) groups.set(name, (groups.get(name) ?? new Set()).add(animal));
  for (const entry of entries.conditions) {
    const { species, signalment, against, notices } = entry.value;
    const animals = Object.keys(species);
    if (animals.length > 0 && animals.every((a) => FOOD_ANIMALS.has(a)) && !notices.includes('food_animal'))
      fail(entry, ['notices'], 'occurs in food animals only and has no notice food_animal');
    for (const breed of Object.keys(signalment.breeds ?? {})) {
      const own = bundle.breeds[breed]?.animal;
      const animals: ReadonlySet<string> = groups.get(breed) ?? new Set(own ? [own] : []);
      if (animals.size > 0 && ![...animals].some((animal) => animal in species))
        fail(
          entry,
          ['signalment', 'breeds', breed],
          `"${breed}" is no breed of the animals of this condition`,
        );
    }
    against.forEach((finding, i) => {
      const animals = bundle.findings[finding]?.species;
      if (animals && !animals.some((animal) => animal in species))
        fail(entry, ['against', i], `"${finding}" does not exist in the animals of this condition`);
    });
  }
  checkRedFlagAnimals(entries, bundle, fail);
}

function checkRedFlagAnimals(entries: Entries, bundle: KnowledgeBundle, fail: Fail): void {
  const byId = new Map(bundle.conditions.map((condition) => [condition.id, condition]));
  for (const entry of entries.redFlags) {
    const { when, conditions, tests } = entry.value;
    if (!when.species) continue;
    conditions.forEach((id, i) => {
      const condition = byId.get(id);
      if (condition && !when.species?.some((animal) => animal in condition.species))
        fail(entry, ['conditions', i], `${id} does not occur in the animals of this red flag`);
    });
    if (!when.species.includes(tests.hit.species))
      fail(entry, ['tests', 'hit'], 'the note that must raise it is of another animal');
  }
}

/** Conditions of one animal whose findings are alike and that nothing else tells apart: one disease, written twice. */
export function checkNearDuplicates(entries: Entries, fail: Fail): void {
  const pictures = entries.conditions.map((entry) => ({ entry, ...pictureOf(entry.value) }));
  pictures.forEach((one, i) => {
    for (const other of pictures.slice(i + 1)) {
      if (!Object.keys(one.entry.value.species).some((animal) => animal in other.entry.value.species))
        continue;
      if (likeness(one, other) < SAME_PICTURE || distinguished(one.entry.value, other.entry.value)) continue;
      fail(
        other.entry,
        ['findings'],
        `nothing tells it apart from ${one.entry.id} (${one.entry.file}): one disease twice?`,
      );
    }
  });
}

type Picture = { weights: Map<string, number>; length: number };

function pictureOf(condition: Condition): Picture {
  const weights = new Map(
    Object.entries(condition.findings).map(([id, frequency]) => [id, FREQUENCY[frequency]]),
  );
  return { weights, length: Math.hypot(...weights.values()) };
}

/** The cosine of two conditions' frequencies, 0 to 1. */
function likeness(one: Picture, other: Picture): number {
  let product = 0;
  for (const [id, weight] of one.weights) product += weight * (other.weights.get(id) ?? 0);
  return product / (one.length * other.length || 1);
}

/** By age, by breeds, or by the test that confirms: haemophilia A and B look the same and are not. */
function distinguished(one: Condition, other: Condition): boolean {
  const marks = ({ tests, signalment }: Condition) => [
    JSON.stringify(signalment.age),
    Object.keys(signalment.breeds ?? {})
      .sort()
      .join(),
    tests
      .filter((t) => t.for === 'confirm')
      .map((t) => t.test)
      .sort()
      .join(),
  ];
  const others = marks(other);
  return marks(one).some((mark, i) => mark !== others[i]);
}

/** Findings that no condition and no red flag asks for, directly or by way of a child or parent. */
export function checkOrphans(entries: Entries, orphans: readonly string[], fail: Fail): void {
  const unused = new Set(orphans);
  for (const entry of entries.findings)
    if (unused.has(entry.id)) fail(entry, [], 'is used by no condition and no red flag');
}
