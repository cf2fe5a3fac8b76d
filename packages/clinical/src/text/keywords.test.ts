import { expect, test } from 'vitest';
import type { CaseInput } from '../types.ts';
import { MODEL } from './fixture.ts';
import { compileKeywords } from './keywords.ts';

const state = (keyword: string, clinicalSigns: string, more: Partial<CaseInput> = {}) =>
  compileKeywords(MODEL, [keyword]).match({ species: 'dog', clinicalSigns, ...more })[0];

test.each<[keyword: string, note: string, expected: string, text?: string]>([
  ['vomiting', 'has thrown up twice', 'present', 'thrown up'],
  ['vomiting', 'vomiting blood', 'present', 'vomiting blood'],
  ['vomiting', 'no vomiting', 'absent', 'vomiting'],
  ['vomiting', 'cough', 'unmentioned', ''],
  ['haematemesis', 'no vomiting', 'absent'],
  ['V+', 'vomiting', 'present'],
  ['PU/PD', 'drinking more', 'present'],
  ['high ALT', 'ALT 1500', 'present', 'ALT 1500'],
  ['elevated ALT', 'ALT normal', 'absent'],
  ['PCV < 20', 'PCV 18%', 'present'],
  ['PCV < 20', 'PCV 38', 'absent'],
  ['creatinine > 1.6', 'creatinine 1.0 mg/dL', 'absent'],
  ['creatinine > 1.6', 'creatinine 2.0 mg/dL', 'present'],
  ['creatinine > 1.6', 'creatinine 180 umol/L', 'present'],
  ['creatinine > 1.6', 'creatinine 1.2', 'absent'],
  ['creatinine > 140', 'creatinine 2.4 mg/dL', 'present'],
  ['creatinine > 1.6 mg/dL', 'creatinine 1.0 mg/dL', 'absent'],
  ['BUN > 40', 'BUN 25 mg/dL', 'absent'],
  ['BUN > 40', 'BUN 60 mg/dL', 'present'],
  ['albumin < 2.0', 'albumin 1.8 g/dL', 'present'],
  ['albumin < 2.0', 'albumin 28 g/L', 'absent'],
  ['calcium < 7', 'calcium 9.8 mg/dL', 'absent'],
  ['T > 103', 'T 39.9', 'present'],
  ['T > 39.5', 'T 102 F', 'absent'],
  ['ALT > 5x', 'ALT 340', 'absent'],
  ['ALT > 5x', 'ALT 900', 'present'],
  ['no cough', 'no cough', 'present'],
  ['no cough', 'coughing', 'absent'],
  ['cat', 'has cataracts', 'absent'],
  ['purple spots', 'some purple spot on belly', 'present', 'purple spot'],
  ['purple spots', 'no purple spots', 'absent'],
  ['spots', 'purple spots, no cough', 'present'],
  ['ear', 'fear of noise', 'unmentioned'],
  ['Labrador', '6yo lab with cough', 'present'],
  ['Labrador', '6yo GSD with cough', 'absent'],
  ['deep chested', '6yo GSD with cough', 'present'],
  ['male', '6yo MN Lab', 'present'],
  ['intact female', '6yo F Lab', 'present'],
  ['intact female', '6yo FS Lab', 'absent'],
  ['puppy', '10 wk old Lab', 'present'],
])('"%s" in "%s" is %s', (keyword, note, expected, text) => {
  const result = state(keyword, note);
  expect(result?.state).toBe(expected);
  if (text !== undefined) expect(result?.text).toBe(text);
});

test('a correction of the vet counts', () => {
  const corrections = [{ finding: 'vomiting', assertion: 'absent' as const }];
  expect(state('vomiting', 'vomiting', { corrections })?.state).toBe('absent');
});

test('answers come in the order of the keywords', () => {
  const matcher = compileKeywords(MODEL, ['cough', 'odd smell', 'vomiting']);
  const states = matcher.match({ species: 'dog', clinicalSigns: 'odd smell, coughing' }).map((s) => s.state);
  expect(states).toEqual(['present', 'present', 'unmentioned']);
});

test('a threshold follows the units of the other thresholds of the protocol', () => {
  const first = (keywords: string[], clinicalSigns: string) =>
    compileKeywords(MODEL, keywords).match({ species: 'dog', clinicalSigns })[0]?.state;
  expect(first(['phosphate > 4', 'urea > 20 mmol/L'], 'phosphate 2.5 mmol/L')).toBe('absent');
  expect(first(['phosphate > 4', 'creatinine > 1.8'], 'phosphate 2.5 mmol/L')).toBe('present');
});

test('a threshold that fits two units is doubtful, and says how it is read', () => {
  const { doubts } = compileKeywords(MODEL, [
    'phosphate > 5',
    'creatinine > 1.6',
    'phosphate > 5 mg/dL',
    'PCV < 20',
    'ALT > 5x',
    'vomiting',
  ]);
  expect(doubts).toEqual([
    'has no unit and is read as mg/dL, although mmol/L is possible: write the unit, e.g. "phosphate > 5 mg/dL".',
    null,
    null,
    null,
    null,
    null,
  ]);
});
