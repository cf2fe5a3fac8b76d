import type { CaseInput } from '@mozarela/clinical/types';
import { expect, test } from 'vitest';
import { conditionNames } from './condition-names.ts';
import { bundle, engine } from './testing.ts';

const names = conditionNames(bundle);
const find = (name: string, signalment: Pick<CaseInput, 'species' | 'sex'>) =>
  names.find(name, engine.extract({ clinicalSigns: '', ...signalment }).signalment);

test.each([
  ["Addison's disease", 'dog', 'hypoadrenocorticism'],
  ['Hypoadrenocorticism (Addison’s disease)', 'dog', 'hypoadrenocorticism'],
  ['Acute hypoadrenocorticism', 'dog', 'hypoadrenocorticism'],
  ['Diabetes mellitus', 'dog', 'canine-diabetes-mellitus'],
  ['Diabetes mellitus', 'cat', 'feline-diabetes-mellitus'],
] as const)('knows %s of a %s', (name, species, id) => {
  expect(find(name, { species })).toMatchObject({ kind: 'known', condition: { id } });
});

test.each([
  ['Pyometra', 'dog', 'M', /cannot occur in an entire male/],
  ['Uterine torsion of the left horn', 'dog', 'MN', /male/],
  ['Prostatic something', 'dog', 'FS', /female/],
  ['Feline imaginary disease', 'dog', null, /another animal/],
  ['Left dorsal displacement of the large colon', 'dog', null, /not known in the dog/],
] as const)('refuses %s in a %s %s', (name, species, sex, reason) => {
  expect(find(name, { species, sex })).toMatchObject({
    kind: 'impossible',
    reason: expect.stringMatching(reason),
  });
});

test('leaves open what it does not know', () => {
  expect(find('Zorblax deficiency', { species: 'dog' })).toEqual({ kind: 'unknown' });
  expect(find('Fractured canine tooth root remnant', { species: 'cat' })).toEqual({ kind: 'unknown' });
});
