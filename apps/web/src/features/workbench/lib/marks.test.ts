import { expect, test } from 'vitest';
import { segments, shiftMarks } from './marks.ts';

const vomiting = { start: 4, end: 12, kind: 'present' as const, finding: 'vomiting' };
const cough = { start: 17, end: 22, kind: 'absent' as const, finding: 'cough' };
const note = 'Dog vomiting. No cough.';

test('a text is cut into stretches without gaps', () => {
  const cut = segments(note, [cough, vomiting]);
  expect(cut.map(({ text }) => text).join('')).toBe(note);
  expect(cut.filter(({ kind }) => kind).map(({ text }) => text)).toEqual(['vomiting', 'cough']);
});

test('what was found stands above what was not used', () => {
  const cut = segments(note, [vomiting, { start: 0, end: 12, kind: 'unused' }]);
  expect(cut.map(({ text, kind }) => [text, kind])).toEqual([
    ['Dog ', 'unused'],
    ['vomiting', 'present'],
    ['. No cough.', null],
  ]);
});

test('typing before a mark moves it, typing inside drops it', () => {
  expect(shiftMarks([vomiting, cough], note, `Old ${note}`)).toEqual([
    { ...vomiting, start: 8, end: 16 },
    { ...cough, start: 21, end: 26 },
  ]);
  expect(shiftMarks([vomiting, cough], note, 'Dog vomxiting. No cough.')).toEqual([
    { ...cough, start: 18, end: 23 },
  ]);
});

test('marks beyond a text that shrank do no harm', () => {
  expect(segments('Dog', [vomiting])).toEqual([{ text: 'Dog', start: 0, kind: null, finding: undefined }]);
});
