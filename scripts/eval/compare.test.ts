import { expect, test } from 'vitest';
import { drops, staleFigures } from './compare.ts';
import type { QuickFigures } from './figures.ts';

type Shown = {
  cases?: number;
  first?: number;
  seen?: number;
  flagged?: number;
  alarms?: number;
  notes?: number;
  gap?: number;
  takenOut?: number;
};

function figures(shown: Shown = {}): QuickFigures {
  const {
    cases = 10,
    first = 5,
    seen = 9,
    flagged = 6,
    alarms = 2,
    notes = 10,
    gap = 12,
    takenOut = 30,
  } = shown;
  const scale = cases / 10;
  const set = {
    all: { cases, covered: cases, top: { 1: first, 3: 8 * scale, 5: 8 * scale, 10: 9 * scale } },
    calibrationError: gap,
    other: { cases, inBase: 20, takenOut, rises: 5, falls: 0 },
  };
  return {
    conditions: 100,
    open: set,
    vignettes: set,
    cannotMiss: { notes, flagged, seen, missed: [] },
    routine: { notes, alarms, raised: {} },
  } as unknown as QuickFigures;
}

test('a figure that got worse is named, one that got better is not', () => {
  expect(drops(figures(), figures())).toEqual([]);
  expect(
    drops(figures(), figures({ first: 6, seen: 10, flagged: 7, alarms: 1, gap: 9, takenOut: 33 })),
  ).toEqual([]);
  expect(
    drops(figures(), figures({ first: 4, seen: 8, flagged: 5, alarms: 3, gap: 14, takenOut: 28 })),
  ).toEqual([
    'open: first 1 5 of 10 -> 4 of 10',
    'open: gap between said and right 12 -> 14',
    'open: rise of "other" without the right disease 10 -> 8',
    'vignettes: first 1 5 of 10 -> 4 of 10',
    'vignettes: gap between said and right 12 -> 14',
    'vignettes: rise of "other" without the right disease 10 -> 8',
    'cannot-miss notes seen 9 of 10 -> 8 of 10',
    'cannot-miss notes flagged 6 of 10 -> 5 of 10',
    'alarms on routine notes 2 of 10 -> 3 of 10',
  ]);
});

test('sets of another size are compared by their share', () => {
  const before = figures({ first: 5 });
  expect(
    drops(before, figures({ cases: 20, first: 10, seen: 18, flagged: 12, alarms: 4, notes: 20 })),
  ).toEqual([]);
  expect(
    drops(before, figures({ cases: 20, first: 9, seen: 17, flagged: 12, alarms: 5, notes: 20 })),
  ).toEqual([
    'open: first 1 5 of 10 -> 9 of 20',
    'vignettes: first 1 5 of 10 -> 9 of 20',
    'cannot-miss notes seen 9 of 10 -> 17 of 20',
    'alarms on routine notes 2 of 10 -> 5 of 20',
  ]);
  const smaller = figures({ cases: 5, first: 3, seen: 5, flagged: 3, alarms: 1, notes: 5 });
  expect(drops(before, smaller)).toEqual([]);
});

test('calibration and "other" may waver by a point', () => {
  expect(drops(figures(), figures({ gap: 13, takenOut: 29 }))).toEqual([]);
  expect(drops(figures(), figures({ gap: 13.1 }))).toHaveLength(2);
});

test('figures of another knowledge base stand only while measuring again gives the same', () => {
  const committed = { ...figures(), knowledge: 'old' };
  expect(staleFigures(committed, figures({ first: 9 }), 'old')).toEqual({ said: null, problems: [] });
  const same = staleFigures(committed, figures(), 'new');
  expect(same.said).toMatch(/old.*new/);
  expect(same.problems).toEqual([]);
  expect(staleFigures(committed, figures({ first: 6, gap: 12.1 }), 'new').problems).toEqual([
    'open: first 1 5 of 10 -> 6 of 10',
    'open: gap between said and right 12 -> 12.1',
    'vignettes: first 1 5 of 10 -> 6 of 10',
    'vignettes: gap between said and right 12 -> 12.1',
  ]);
});
