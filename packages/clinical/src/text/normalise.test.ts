import { expect, test } from 'vitest';
import { normalise } from './normalise.ts';
import { stem } from './stem.ts';

test('plain text keeps its offsets', () => {
  const { text, starts, ends } = normalise('No Cough');
  expect(text).toBe('no cough');
  expect([...starts]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect([...ends]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('accents, quotes, dashes, arrows and superscripts become plain', () => {
  expect(normalise('Não, vómito').text).toBe('nao, vomito');
  expect(normalise('won’t').text).toBe("won't");
  expect(normalise('10–125 × 10⁹/L').text).toBe('10-125 x 10^9/l');
  expect(normalise('38.5ºC').text).toBe('38.5°c');
  expect(normalise('µg ≥2').text).toBe('ug >=2');
  expect(normalise('1½ y').text).toBe('1.5 y');
});

test('a changed length still points to the original', () => {
  const original = '😀 e\u0301 ≥ \uD800x';
  const { text, starts, ends } = normalise(original);
  expect(text).toBe('😀 e >= \uD800x');
  const at = text.indexOf('e');
  expect(original.slice(starts[at], ends[at])).toBe('e\u0301');
  const sign = text.indexOf('>');
  expect(original.slice(starts[sign], ends[sign + 1])).toBe('≥');
  expect(original.slice(starts[text.length - 1], ends[text.length - 1])).toBe('x');
});

test.each([
  [['vomit', 'vomits', 'vomited', 'vomiting', 'vomitting']],
  [['diarrhoea', 'diarrhea']],
  [['haematuria', 'hematuria']],
  [['dehydrated', 'dehydration']],
  [['sneeze', 'sneezes', 'sneezing', 'sneezed']],
  [['lame', 'lameness']],
  [['weak', 'weakness']],
  [['ate', 'eats', 'eating', 'eaten']],
  [['drank', 'drinks', 'drinking']],
  [['tumour', 'tumor', 'tumours']],
  [['paralysed', 'paralyzed']],
  [['faeces', 'feces']],
  [['petechia', 'petechiae']],
  [['collapse', 'collapsed', 'collapsing']],
  [['convulsão', 'convulsões'].map((w) => normalise(w).text)],
  [['vomitou', 'vomitar', 'vomita', 'vómito'].map((w) => normalise(w).text)],
])('%j are one', (words) => {
  expect(new Set(words.map(stem)).size).toBe(1);
});

test.each([
  ['rate', 'rat'],
  ['bite', 'bit'],
  ['spine', 'spinning'],
  ['note', 'not'],
  ['station', 'stat'],
  ['care', 'car'],
])('%s and %s stay apart', (a, b) => {
  expect(stem(a)).not.toBe(stem(b));
});
