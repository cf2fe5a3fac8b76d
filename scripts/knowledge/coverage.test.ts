import { expect, test } from 'vitest';
import type { KnowledgeBundle } from '../../packages/clinical/src/knowledge/schema.ts';
import { coverageLines, MINIMUMS, measureCoverage, shortfalls } from './coverage.ts';
import { KNOWLEDGE_ROOT, loadKnowledge } from './load.ts';

const { bundle } = loadKnowledge(KNOWLEDGE_ROOT);
const without = (...animals: string[]): KnowledgeBundle => ({
  ...bundle,
  conditions: bundle.conditions.filter(({ species }) => !animals.some((animal) => animal in species)),
});

test('the knowledge base holds what is promised for every animal', () => {
  expect(shortfalls(measureCoverage(bundle))).toEqual([]);
});

test.each(MINIMUMS)('too few conditions of $group are named', ({ group, animals, conditions }) => {
  expect(shortfalls(measureCoverage(without(...animals)))).toContain(
    `0 conditions of ${group}, at least ${conditions} are promised`,
  );
});

test('a reptile disease of two animals counts once', () => {
  const reptiles = (kept: KnowledgeBundle) =>
    measureCoverage(kept).groups.find(({ group }) => group === 'reptile')?.conditions ?? 0;
  const { animals } = measureCoverage(bundle);
  const sum = (animals.lizard ?? 0) + (animals.snake ?? 0) + (animals.tortoise ?? 0);
  expect(reptiles(bundle)).toBeLessThan(sum);
  expect(reptiles(without('snake'))).toBeLessThan(reptiles(bundle));
});

test('every condition is counted once by system, by review and by its best source', () => {
  const { conditions, systems, reviews, conditionsBySource } = measureCoverage(bundle);
  const total = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
  expect([systems, reviews, conditionsBySource].map(total)).toEqual([conditions, conditions, conditions]);
  expect(coverageLines(measureCoverage(bundle)).join('\n')).toMatch(/unreviewed +\d+\n/);
});
