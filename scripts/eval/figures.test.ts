import { expect, test } from 'vitest';
import { calibrationError } from './calibration.ts';
import { drops, type QuickFigures } from './figures.ts';
import { PARAPHRASES } from './paraphrase.ts';

const note = {
  species: 'dog' as const,
  clinicalSigns: 'The owner reports vomiting for 3 days. Abdomen painful, pruritus.',
  labFindings: null,
};

test.each([
  ['terse', 'vomiting for 3 days. Abdomen painful, pruritus.'],
  [
    'noisy',
    'seen today, insured, owner very worried. the owner reports vomiting for 3 days. abdomen painful, pruritus. owner goes on holiday next week and will phone for the results.',
  ],
  ['reordered', 'Abdomen painful, pruritus. The owner reports vomiting for 3 days.'],
  ['abbreviated', 'The owner reports V+ for 3d. abdo painful, pruritus.'],
  ['plain', 'The owner reports vomiting for 3 days. Abdomen painful, itching.'],
] as const)('%s', (name, expected) => expect(PARAPHRASES[name](note).clinicalSigns).toBe(expected));

test('calibration error is the gap between said and right', () => {
  const claims = [0.8, 0.8, 0.8, 0.8, 0.8].map((said, i) => ({ said, right: i < 4 }));
  expect(calibrationError(claims)).toBeCloseTo(0);
  expect(calibrationError(claims.map((c) => ({ ...c, right: false })))).toBeCloseTo(80);
});

function figures(first: number, seen: number, alarms: number): QuickFigures {
  const set = { all: { cases: 10, covered: 10, top: { 1: first, 3: 8, 5: 8, 10: 9 } } };
  return {
    open: set,
    vignettes: set,
    cannotMiss: { notes: 10, flagged: 0, seen, missed: [] },
    routine: { notes: 10, alarms, raised: {} },
  } as unknown as QuickFigures;
}

test('a figure that got worse is named, one that got better is not', () => {
  expect(drops(figures(5, 9, 2), figures(6, 10, 1))).toEqual([]);
  expect(drops(figures(5, 9, 2), figures(4, 8, 3))).toEqual([
    'open: first 1 5 -> 4',
    'vignettes: first 1 5 -> 4',
    'cannot-miss notes seen 9 -> 8',
    'alarms on routine notes 2 -> 3',
  ]);
});
