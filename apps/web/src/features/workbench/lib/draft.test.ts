import { describe, expect, test } from 'vitest';
import { EMPTY_DRAFT, parseWeight, rebase, toCaseBody, toCaseInput } from './draft.ts';

test('a weight is read with a point or a comma, and refused when it is none', () => {
  expect(parseWeight('4,2')).toBe(4.2);
  expect(parseWeight('12 kg')).toBe(12);
  expect(parseWeight('')).toBeUndefined();
  expect(parseWeight('heavy')).toBeNull();
  expect(parseWeight('-3')).toBeNull();
  expect(parseWeight('6000')).toBeNull();
});

test('nothing is ranked without a species or without a word', () => {
  expect(toCaseInput({ ...EMPTY_DRAFT, signs: 'cough' })).toBeNull();
  expect(toCaseInput({ ...EMPTY_DRAFT, species: 'cat', signs: '  ' })).toBeNull();
  expect(toCaseInput({ ...EMPTY_DRAFT, species: 'cat', signs: 'cough' })).toMatchObject({
    species: 'cat',
    breed: null,
    weightKg: null,
  });
});

test('what was left empty is stored as null, the note as it was typed', () => {
  const body = toCaseBody(
    { ...EMPTY_DRAFT, species: 'dog', signs: ' cough\n', patientName: ' Olive ' },
    'dog',
  );
  expect(body).toMatchObject({ patientName: 'Olive', labFindings: null, clinicalSigns: ' cough\n' });
});

describe('a draft of a record that was changed meanwhile', () => {
  const base = { ...EMPTY_DRAFT, signs: 'cough', labs: 'PCV 40' };
  test('takes what it did not touch from the record', () => {
    const { draft, conflict } = rebase({ ...base, labs: 'PCV 21' }, base, { ...base, signs: 'fever' });
    expect(draft).toMatchObject({ signs: 'fever', labs: 'PCV 21' });
    expect(conflict).toBe(false);
  });
  test('keeps its own words where both changed them, and says so', () => {
    const { draft, conflict } = rebase({ ...base, signs: 'mine' }, base, { ...base, signs: 'theirs' });
    expect([draft.signs, conflict]).toEqual(['mine', true]);
    expect(rebase({ ...base, signs: 'same' }, base, { ...base, signs: 'same' }).conflict).toBe(false);
  });
});
