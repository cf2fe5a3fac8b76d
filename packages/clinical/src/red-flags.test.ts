import { expect, test } from 'vitest';
import { toyBundle, toyExtraction } from '../test/support/toy.ts';
import { evaluateRedFlags } from './red-flags.ts';
import type { Signalment } from './types.ts';

const bundle = toyBundle();
const tom: Partial<Signalment> = { species: 'cat', animals: ['cat'], sex: 'M' };
const flags = (notes: string, more: Partial<Signalment> = tom) =>
  evaluateRedFlags(bundle, toyExtraction(bundle, notes, more));

test('a hit carries what the vet needs and what raised it', () => {
  expect(flags('+straining +big_bladder')).toEqual([
    {
      id: 'urethral-obstruction-cat',
      title: 'Possible urethral obstruction',
      why: 'A blocked cat dies of hyperkalaemia.',
      excludeBy: 'A small soft bladder.',
      doNow: 'Palpate the bladder.',
      reference: { title: 'A page of a book, Publisher', url: 'https://example.org/page' },
      findings: ['Straining to urinate', 'Large bladder'],
    },
  ]);
});

test.each([
  ['a child of a listed finding counts', '+straining +haematemesis', tom, true],
  ['a possible finding counts', '?straining +big_bladder', tom, true],
  ['an unknown sex does not clear the rule', '+straining +big_bladder', { ...tom, sex: null }, true],
  ['another sex does', '+straining +big_bladder', { ...tom, sex: 'FS' as const }, false],
  ['another species does', '+straining +big_bladder', { ...tom, animals: ['dog' as const] }, false],
  ['all is needed', '+big_bladder', tom, false],
  ['any is needed', '+straining', tom, false],
  ['an absent finding does not count', '+straining -big_bladder', tom, false],
  ['a hypothetical one does not count', '+straining ~big_bladder', tom, false],
  ['a past sign does not count', '<straining +big_bladder', tom, false],
  ['none of them may be present', '+straining +big_bladder +diarrhoea', tom, false],
  ['a merely possible one does not clear it', '+straining +big_bladder ?diarrhoea', tom, true],
])('%s', (_what, notes, more, raised) => {
  expect(flags(notes, more).length > 0).toBe(raised);
});

test('an age guessed from a stage of life counts as the youngest it can be', () => {
  const own = toyBundle();
  const rule = Object.values(own.redFlags)[0];
  if (rule) rule.when.ageUnderYears = 0.1;
  const raised = (ageYears: number | null, youngestYears?: number) => {
    const extraction = toyExtraction(own, '+straining +big_bladder', { ...tom, ageYears });
    return evaluateRedFlags(own, { ...extraction, youngestYears }).length > 0;
  };
  expect([raised(0.4, 0), raised(0.4), raised(0.05), raised(null)]).toEqual([true, false, true, false]);
});
