import { describe, expect, test } from 'vitest';
import { condition } from '../../packages/clinical/test/support/toy.ts';
import { indexNames, matchNames } from './match.ts';

const named = (id: string, name: string, synonyms: string[] = []) =>
  condition(id, { dog: 3 }, {}, { name: { en: name }, synonyms });
const index = indexNames([
  named('hypoadrenocorticism', 'Hypoadrenocorticism', ["Addison's disease"]),
  named('imha', 'Immune-mediated haemolytic anaemia', ['IMHA']),
  named('diabetes-mellitus', 'Diabetes mellitus'),
  named('diabetes-insipidus', 'Central diabetes insipidus'),
  named('feline-hyperthyroidism', 'Feline hyperthyroidism'),
  named('dcm', 'Dilated cardiomyopathy'),
]);
const rules = (...accept: string[]) =>
  [...matchNames(index, accept).values()].map((m) => `${m.condition}: ${m.rule}`);

describe('names of diagnoses', () => {
  test.each([
    [['hypoadrenocorticism'], ['hypoadrenocorticism: equal']],
    [['addison disease'], ['hypoadrenocorticism: equal']],
    [['immune mediated hemolytic anemia'], ['imha: equal']],
    [['hyperthyroidism'], ['feline-hyperthyroidism: equal without species']],
    [['canine dilated cardiomyopathy'], ['dcm: equal without species']],
    [['diabetes insipidus'], ['diabetes-insipidus: within']],
    [['diabetes'], []],
    [['insipidus'], ['diabetes-insipidus: within']],
    [['cardiomyopathy'], ['dcm: within']],
    [['anemia of kidney disease'], []],
    [['hypo'], []],
  ])('%j', (accept, expected) => expect(rules(...accept)).toEqual(expected));

  test('an equal name leaves no room for one that is merely within', () => {
    expect(rules('diabetes mellitus', 'diabetes insipidus')).toEqual(['diabetes-mellitus: equal']);
  });
});
