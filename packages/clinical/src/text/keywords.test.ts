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
