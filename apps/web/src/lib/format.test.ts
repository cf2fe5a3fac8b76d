import { expect, test } from 'vitest';
import { formatAgo, percent } from './format.ts';

test('percentages come in steps of five, never 0 and never certainty', () => {
  expect([0, 4.9, 5, 7.4, 62.5, 97, 100].map(percent)).toEqual([
    '< 5 %',
    '< 5 %',
    '5 %',
    '5 %',
    '65 %',
    '95 %',
    '95 %',
  ]);
});

test('times are told as people tell them', () => {
  const now = Date.parse('2026-11-24T12:00:00.000Z');
  expect(formatAgo('2026-11-24T11:55:00.000Z', now)).toBe('5 minutes ago');
  expect(formatAgo('2026-11-23T11:00:00.000Z', now)).toBe('yesterday');
  expect(formatAgo('2026-11-01T11:00:00.000Z', now)).toBe('1 Nov 2026');
});
