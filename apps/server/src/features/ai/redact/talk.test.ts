import { expect, it } from 'vitest';
import { redactor } from '../testing.ts';
import { type Line, SECOND_LIST, THIRD_LIST } from './talk-lists.ts';

/** What still leaves, by name, so that neither a loss nor a gain goes unseen. */
const LEAVES = ['Rex', 'Delgado', 'Dorset'];
const ALL = [...SECOND_LIST, ...THIRD_LIST];

const left = (lines: readonly Line[]) =>
  lines.flatMap(({ text, gone }) => gone.filter((name) => redactor.redact(text, []).text.includes(name)));

it('takes names out of talk, but for those that are listed', () => {
  expect(left(ALL)).toEqual(LEAVES);
});

it.each(ALL.map((line) => [line.text, line.stays] as const))('keeps the medicine of "%s"', (text, stays) => {
  const { text: redacted } = redactor.redact(text, []);
  expect(stays.filter((words) => !redacted.includes(words))).toEqual([]);
});

it.each([
  'Discomfort down from 9/10 to 2/10 with tablets. Otherwise eating.',
  'Abdomen was tense. Heart is enlarged. Lungs have crackles. Radiograph says little.',
  'Asked for Fructosamine. Told about Ketoacidosis. Update on Sodium. About Budd-Chiari.',
])('keeps %s', (text) => expect(redactor.redact(text, []).text).toBe(text));
