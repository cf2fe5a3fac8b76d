import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KNOWLEDGE_ROOT, loadKnowledge } from '../knowledge/load.ts';
import { loadCases, OPEN_CASES, VIGNETTES } from './cases.ts';
import type { Figures } from './figures.ts';
import { qualityReport } from './quality.ts';

const figures = JSON.parse(
  readFileSync(new URL('../../eval/result.json', import.meta.url), 'utf8'),
) as Figures;
const { bundle } = loadKnowledge(KNOWLEDGE_ROOT);
const cases = { open: loadCases(OPEN_CASES), vignettes: loadCases(VIGNETTES) };

test('every case that is not first is among the misses shown, with its kind', () => {
  const shown = qualityReport(figures, bundle, cases);
  for (const set of ['open', 'vignettes'] as const) {
    const { all, misses } = shown[set];
    expect(misses).toHaveLength(all.cases - all.top[1]);
    expect(misses.every(({ diagnosis, kind }) => diagnosis !== '' && kind !== '')).toBe(true);
    const kinds = Object.values(figures[set].misses).reduce((sum, n) => sum + n, 0);
    expect(misses).toHaveLength(kinds);
  }
});

test('the groups of a set add up to the set', () => {
  const { open } = qualityReport(figures, bundle, cases);
  for (const groups of [open.species, open.system])
    expect(Object.values(groups).reduce((sum, hits) => sum + hits.top[5], 0)).toBe(open.all.top[5]);
});

test('coverage counts the conditions of each animal', () => {
  const { coverage } = qualityReport(figures, bundle, cases);
  const dogs = bundle.conditions.filter(({ species }) => 'dog' in species).length;
  expect(coverage.find(({ animal }) => animal === 'dog')?.conditions).toBe(dogs);
});

test('emergencies come with the figure from before their misses were read', () => {
  const { cannotMiss } = qualityReport(figures, bundle, cases);
  expect(cannotMiss).toEqual({
    notes: 60,
    seen: expect.any(Number),
    seenAtFirst: 57,
    flagged: expect.any(Number),
  });
  expect(cannotMiss.flagged).toBeLessThanOrEqual(cannotMiss.seen);
});

test('figures of a case that is gone are refused', () => {
  expect(() => qualityReport(figures, bundle, { ...cases, open: cases.open.slice(1) })).toThrow(
    /does not hold/,
  );
});
