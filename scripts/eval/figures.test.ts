import { expect, test } from 'vitest';
import { calibrationError } from './calibration.ts';
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
