import { expect, test } from 'vitest';
import { normalise } from './normalise.ts';
import { refine } from './refine.ts';
import { segment } from './segment.ts';
import { tokenise } from './tokens.ts';

function sentences(text: string) {
  const tokens = refine(tokenise(normalise(text), text, new Set(['t4'])), new Map());
  return segment(tokens, text, 'none').map((s) => [s.section, s.tokens.map((t) => t.text).join(' ')]);
}

test('points, semicolons and lines end sentences; decimals and abbreviations do not', () => {
  expect(sentences('T 39.5, HR 120. no cough; e.g. fine\nTemp. 38')).toEqual([
    ['none', 't 39.5 , hr 120'],
    ['none', 'no cough'],
    ['none', 'e . g'],
    ['none', 'fine'],
    ['none', 'temp . 38'],
  ]);
});

test('headings open sections, with a colon or on their own line', () => {
  expect(sentences('Hx: vomiting\nPE: T 39\nLabs\nALT 300\nPlan: fluids\nmore')).toEqual([
    ['history', 'vomiting'],
    ['exam', 't 39'],
    ['labs', 'alt 300'],
    ['plan', 'fluids'],
    ['plan', 'more'],
  ]);
});

test('headings within a line', () => {
  expect(sentences('Hx: lethargy. PE: BAR. Plan: bloods')).toEqual([
    ['history', 'lethargy'],
    ['exam', 'bar'],
    ['plan', 'bloods'],
  ]);
  expect(sentences('Vomiting x3. O/E dull. Rx metacam\nStill here')).toEqual([
    ['none', 'vomiting x 3'],
    ['exam', 'dull'],
    ['plan', 'metacam'],
    ['none', 'still here'],
  ]);
});

test('SOAP letters at the start of a line, but "P: 120" is a pulse', () => {
  expect(sentences('S: cough\nO: T 39\nA: dull\nP: fluids')).toEqual([
    ['history', 'cough'],
    ['exam', 't 39'],
    ['assessment', 'dull'],
    ['plan', 'fluids'],
  ]);
  expect(sentences('P: 120')[0]?.[0]).toBe('none');
});

test('panel headings stay in the text', () => {
  expect(sentences('CBC: WNL')).toEqual([['labs', 'cbc : wnl']]);
});

test('lines wrapped by an editor are one sentence; bullets are not', () => {
  const long = 'presented with a long history of intermittent problems and weight';
  expect(sentences(`${long}\nloss since May`)).toHaveLength(1);
  expect(sentences('no vomiting or\ndiarrhoea')).toHaveLength(1);
  expect(sentences('- vomiting\n- cough')).toEqual([
    ['none', 'vomiting'],
    ['none', 'cough'],
  ]);
});

test('a question mark in front of a word stays with it', () => {
  expect(sentences('?pain. pain?').map(([, text]) => text)).toEqual(['? pain', 'pain']);
});
