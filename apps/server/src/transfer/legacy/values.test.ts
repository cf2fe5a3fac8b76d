import { describe, expect, it } from 'vitest';
import { readSex, readSpecies, readTime, readWeight } from './values.ts';

describe('weights', () => {
  it.each([
    ['12', 12, true],
    ['6 kg', 6, true],
    ['6.25kg', 6.25, true],
    ['12,5', 12.5, false],
    ['12 lbs', 5.443, false],
    ['12.5 Pounds', 5.67, false],
    ['850 g', 0.85, false],
    ['20 oz', 0.567, false],
    ['4,250 kg', 4.25, false],
  ])('reads %s', (typed, kg, plain) => {
    expect(readWeight(typed)).toEqual({ kg, plain });
  });

  it.each(['', 'about ten', '5-6 kg', '12 stone', '-4', '0', '6000 kg', '1.250,5'])(
    'does not guess %j',
    (typed) => {
      expect(readWeight(typed)).toBe(null);
    },
  );
});

describe('species', () => {
  it.each([
    ['Dog', { species: 'dog', word: null, known: true }],
    ['c\u00e3o', { species: 'dog', word: 'c\u00e3o', known: true }],
    ['Guinea pig', { species: 'exotic', word: 'Guinea pig', known: true }],
    ['Goat', { species: 'other', word: 'Goat', known: true }],
    ['Axolotl', { species: 'other', word: 'Axolotl', known: false }],
  ])('reads %s', (typed, expected) => {
    expect(readSpecies(typed)).toEqual(expected);
  });
});

describe('sexes', () => {
  it.each([
    ['Male', 'M'],
    ['male neutered', 'MN'],
    ['MN', 'MN'],
    ['Female', 'F'],
    ['spayed female', 'FS'],
    ['f\u00eamea', 'F'],
    ['FS', 'FS'],
    ['unknown', null],
  ])('reads %s', (typed, expected) => {
    expect(readSex(typed)).toBe(expected);
  });
});

describe('times', () => {
  const ms = Date.UTC(2025, 0, 15, 9, 30);
  it.each([
    [ms, { ms, plain: true }],
    [String(ms), { ms, plain: false }],
    [ms / 1000, { ms, plain: false }],
    [ms * 1000, { ms, plain: false }],
    ['2025-01-15T09:30:00.000Z', { ms, plain: false }],
    ['2025-01-15 09:30:00', { ms, plain: false }],
    ['2025-01-15', { ms: Date.UTC(2025, 0, 15), plain: false }],
    ['2025-01-15T10:30+01:00', { ms, plain: false }],
  ])('reads %s', (stored, expected) => {
    expect(readTime(stored)).toEqual(expected);
  });

  it.each([null, undefined, '', 'yesterday', '03/04/2025', 0, -5, Number.NaN, '2025-13-45', {}])(
    'does not guess %s',
    (stored) => {
      expect(readTime(stored)).toBe(null);
    },
  );
});
