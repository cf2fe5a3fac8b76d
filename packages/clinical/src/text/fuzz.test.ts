import { expect, test } from 'vitest';
import { extract } from './extract.ts';
import { MODEL, read } from './fixture.ts';

/** Deterministic pseudo-random numbers (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const PIECES =
  'no not vomiting diarrhoea , . ; : ? ! \n + - / ( ) V D+ V- ALT 340 10-125 high low normal K+ 7.1 T 39.5 HR 180 x 10^9/L % ↑ é não sem 😀 \u0000 \uD800 \uDC00 \u200b Plan: Hx: PE DDx r/o but and or the history of littermate 6yo MN Lab kg < > = " \' e\u0301 ½ ⁹ \t \r\n 1,234.5 99999999999999999999 .. -- ++ ??? abdominal pain swollen ﬁ ｖｏｍｉｔ ا 中'.split(
    ' ',
  );

test('random text never throws, and every offset slices the original', () => {
  const next = random(20261124);
  for (let round = 0; round < 3000; round++) {
    const length = 1 + Math.floor(next() * 40);
    let text = '';
    for (let i = 0; i < length; i++) {
      const piece = PIECES[Math.floor(next() * PIECES.length)] as string;
      const odd = String.fromCharCode(Math.floor(next() * 0xffff));
      text += (next() < 0.05 ? odd : piece) + (next() < 0.7 ? ' ' : '');
    }
    const labs = next() < 0.5 ? text : null;
    const { findings, measurements, notUsed } = extract(MODEL, {
      species: 'dog',
      clinicalSigns: text,
      labFindings: labs,
    });
    for (const f of findings.filter((f) => f.text !== '')) expect(text.slice(f.start, f.end)).toBe(f.text);
    for (const u of notUsed) expect(text.slice(u.start, u.end)).toBe(u.text);
    for (const m of [...findings, ...measurements, ...notUsed]) {
      expect(m.start).toBeGreaterThanOrEqual(0);
      expect(m.end).toBeGreaterThanOrEqual(m.start);
      expect(m.end).toBeLessThanOrEqual(text.length);
    }
  }
});

test('text without end, sentence or sense is read in one pass', () => {
  // Ten times what a case may hold; anything worse than linear would run into the time limit of the test.
  for (const piece of [
    'no ',
    '1',
    '😀',
    'no vomiting, ',
    'abdominal pain and ',
    'ALT high and ',
    '(',
    '-',
    'V/',
    'PU/PD x3d, ',
  ]) {
    const { notUsed } = read(piece.repeat(200_000 / piece.length));
    expect(notUsed.length).toBeGreaterThanOrEqual(0);
  }
});
