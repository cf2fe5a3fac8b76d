import { expect, test } from 'vitest';
import type { Species } from '../animals.ts';
import { parseAge } from './age.ts';
import { read } from './fixture.ts';

test.each<[string, number | null]>([
  ['7 y', 7],
  ['7yo', 7],
  ['7', 7],
  ['3 mo', 0.25],
  ['10 wk', 0.192],
  ['6 weeks', 0.115],
  ['2.5 anos', 2.5],
  ['2,5 anos', 2.5],
  ['3 meses', 0.25],
  ['2 years 3 months', 2.25],
  ['2y3m', 2.25],
  ['6/12', 0.5],
  ['two years', 2],
  ['12-week-old', 0.23],
  ['3 days', 0.008],
  ['adult', 4.8],
  ['puppy', 0.4],
  ['geriatric', 12],
  ['unknown', null],
  ['', null],
])('age "%s"', (text, years) => expect(parseAge(text, 'dog')).toBe(years));

const who = (note: string, species: Species = 'dog') => {
  const { signalment } = read(note, { species });
  return [signalment.ageYears, signalment.sex, signalment.breedId, signalment.weightKg];
};

test.each<[string, unknown[]]>([
  ['6yo MN Lab, V+', [6, 'MN', 'labrador_retriever', null]],
  ['8 y/o F(S) GSD 32kg', [8, 'FS', 'german_shepherd', 32]],
  ['2 year old male castrated labrador', [2, 'MN', 'labrador_retriever', null]],
  ['12-week-old intact female Lab', [0.23, 'F', 'labrador_retriever', null]],
  ['5y FS Lab, weighs 12,5 kg', [5, 'FS', 'labrador_retriever', 12.5]],
  ['Lab, M, 6y', [6, 'M', 'labrador_retriever', null]],
  ['Labrador macho castrado de 7 anos', [7, 'MN', 'labrador_retriever', null]],
  ['cadela não castrada de 3 anos', [3, 'F', null, null]],
  ['spayed, 12 lbs body weight 12 lbs', [null, 'FS', null, 5.443]],
  ['vomiting for 3 years, lost 2 kg', [null, null, null, null]],
  ['attacked by a German Shepherd', [null, null, null, null]],
])('%s', (note, expected) => expect(who(note)).toEqual(expected));

test('the form wins over the note', () => {
  const { signalment } = read('6yo MN Lab', { age: '3 mo', sex: 'F', breed: 'GSD cross', weightKg: 9 });
  expect(signalment).toMatchObject({
    ageYears: 0.25,
    sex: 'F',
    breedId: 'german_shepherd',
    breedGroups: ['deep_chested'],
    weightKg: 9,
  });
});

test('exotic and other resolve from the breed, then the text; else all stay', () => {
  const animals = (species: Species, note: string, breed?: string) => {
    const { signalment } = read(note, { species, breed });
    return signalment.resolved ? signalment.animals : 'open';
  };
  expect(animals('exotic', 'not eating', 'Bearded dragon')).toEqual(['lizard']);
  expect(animals('exotic', '3yo ferret, collapsed')).toEqual(['ferret']);
  expect(animals('exotic', 'royal python, fed rats')).toEqual(['snake']);
  expect(animals('other', 'down ewe, twin lambs')).toEqual(['sheep']);
  expect(animals('other', 'not eating', 'alpaca')).toEqual(['camelid']);
  expect(animals('exotic', 'not eating')).toBe('open');
  expect(animals('dog', 'not eating')).toEqual(['dog']);
});

test('what told the signalment is not listed as unused', () => {
  expect(read('6yo MN Lab, vomiting').notUsed).toEqual([]);
});

test('age and sex state findings of their own', () => {
  const of = (more: object) => {
    const { findings } = read('cough', more);
    return Object.fromEntries(
      findings.filter((f) => f.field === 'signalment').map((f) => [f.id, f.assertion]),
    );
  };
  expect(of({ age: '10 wk', sex: 'M' })).toEqual({ young_animal: 'present', entire: 'present' });
  expect(of({ age: '5 y', sex: 'FS' })).toEqual({ young_animal: 'absent', entire: 'absent' });
  expect(of({})).toEqual({});
});
