import { expect, test } from 'vitest';
import { ENGINE_BUDGET_KB, engineParts, isLazy } from './engine-size.ts';

test('engine and knowledge base together are small enough for a phone', () => {
  const parts = engineParts();
  expect(parts).toHaveLength(2);
  expect(parts.reduce((sum, { kb }) => sum + kb, 0)).toBeLessThanOrEqual(ENGINE_BUDGET_KB);
});

test('the page starts without the engine', () => {
  expect(isLazy()).toBe(true);
});

test('a build without them is named, not passed', () => {
  expect(() => engineParts(import.meta.dirname)).toThrow(/no compressed engine\.worker/);
});
