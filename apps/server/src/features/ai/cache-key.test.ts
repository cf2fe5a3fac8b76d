import type { CaseInput } from '@mozarela/clinical/types';
import { describe, expect, it, test } from 'vitest';
import { cacheKey } from './cache-key.ts';
import { preparePayload } from './payload.ts';
import { redactor } from './testing.ts';

const SCOPE = { model: 'm-1', promptVersion: 'v1', knowledgeVersion: 'k-1' };
const CASE: CaseInput = {
  species: 'dog',
  breed: 'Labrador Retriever',
  sex: 'FS',
  age: '6 y',
  weightKg: 30,
  clinicalSigns:
    'Owner: Mrs Smith. Bella has been vomiting since 12/03/2025. T 39.8, HR 140. Seen at Oakfield Vets.',
  labFindings: 'ALT 340 U/L (10-125)\nGlucose 3.2 mmol/L',
};
const keyOf = (input: CaseInput, known: string[] = ['Bella'], scope = SCOPE, documents: string[] = []) =>
  cacheKey(preparePayload(redactor, input, known, documents).payload, scope);

describe('the same case has the same key', () => {
  it('typed by another clinic, with other names, dates, spacing, letters and order', () => {
    const again: CaseInput = {
      labFindings: 'ALT  340 U/L (10 - 125)\r\n\r\nglucose 3.2 mmol/L ',
      clinicalSigns:
        'owner:  Sr. João Silva.  Rex has been VOMITING since 3 de maio de 2024.\nT 39.8,HR 140.  Seen at Riverside Vets.',
      weightKg: 30,
      age: '6 Y',
      sex: 'FS',
      breed: 'labrador retriever',
      species: 'dog',
    };
    expect(keyOf(again, ['Rex'])).toBe(keyOf(CASE));
  });

  it('whatever the order of its attachments', () => {
    const with_ = (documents: string[], attachments: string[]) =>
      keyOf(CASE, [], { ...SCOPE, attachments } as typeof SCOPE, documents);
    expect(with_(['A 1', 'B 2'], ['x', 'y'])).toBe(with_(['B 2', 'A  1'], ['y', 'x']));
    expect(with_(['A 1'], ['x'])).not.toBe(with_(['A 2'], ['x']));
    expect(with_(['A 1'], ['x'])).not.toBe(with_(['A 1'], ['z']));
  });
});

test.each<[string, Partial<CaseInput>]>([
  ['a number', { labFindings: 'ALT 341 U/L (10-125)\nGlucose 3.2 mmol/L' }],
  ['a decimal point', { clinicalSigns: CASE.clinicalSigns.replace('39.8', '398') }],
  ['a denial', { clinicalSigns: CASE.clinicalSigns.replace('has been', 'has not been') }],
  ['the sex', { sex: 'F' }],
  ['the age', { age: '7 y' }],
  ['the species', { species: 'cat' }],
  ['the weight', { weightKg: 31 }],
  ['the place of words', { clinicalSigns: CASE.labFindings!, labFindings: CASE.clinicalSigns }],
])('another key for another case: %s', (_what, change) => {
  expect(keyOf({ ...CASE, ...change })).not.toBe(keyOf(CASE));
});

test('another key for other corrections, in any order; the same for none', () => {
  const { payload } = preparePayload(redactor, CASE, []);
  const absent = { finding: 'Vomiting', assertion: 'absent' } as const;
  const unsure = { finding: 'Cough', assertion: 'unsure' } as const;
  const key = (...corrections: (typeof absent | typeof unsure)[]) =>
    cacheKey({ ...payload, corrections }, SCOPE);
  expect(key()).toBe(cacheKey(payload, SCOPE));
  expect(key(absent, unsure)).toBe(key(unsure, absent));
  expect(new Set([key(), key(absent), key(unsure), key(absent, unsure)]).size).toBe(4);
});

test.each(['model', 'promptVersion', 'knowledgeVersion'] as const)('another key for another %s', (part) => {
  expect(keyOf(CASE, ['Bella'], { ...SCOPE, [part]: 'other' })).not.toBe(keyOf(CASE));
});
