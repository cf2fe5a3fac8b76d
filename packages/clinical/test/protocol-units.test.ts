/** Thresholds as US clinics write them in a protocol, without a unit, against the real vocabulary and ranges. */
import { expect, test } from 'vitest';
import { KNOWLEDGE_ROOT, loadKnowledge } from '../../../scripts/knowledge/load.ts';
import { createEngine } from '../src/engine.ts';
import { parseProtocol } from '../src/protocol/parse.ts';

const engine = createEngine(loadKnowledge(KNOWLEDGE_ROOT).bundle);

const isMatched = (keyword: string, labFindings: string) => {
  const protocol = parseProtocol(
    `Disease,Symptom_Keywords,Base_Probability,Match_Weight\nA,"${keyword}",10,20`,
    engine.keywordDoubts,
  );
  expect(protocol.errors).toEqual([]);
  return engine.analyzeProtocol({ species: 'dog', clinicalSigns: '', labFindings }, protocol).diagnoses
    .length;
};

test.each([
  ['creatinine > 1.6', 'creatinine 1.0 mg/dL', 0],
  ['creatinine > 1.6', 'creatinine 2.4 mg/dL', 1],
  ['creatinine > 1.6', 'creatinine 88 umol/L', 0],
  ['glucose > 250', 'glucose 110 mg/dL', 0],
  ['glucose > 250', 'glucose 320 mg/dL', 1],
  ['glucose > 250', 'glucose 20 mmol/L', 1],
  ['glucose > 14', 'glucose 320 mg/dL', 1],
  ['BUN > 40', 'BUN 22 mg/dL', 0],
  ['BUN > 40', 'BUN 80 mg/dL', 1],
  ['albumin < 2.0', 'albumin 3.1 g/dL', 0],
  ['albumin < 2.0', 'albumin 1.5 g/dL', 1],
  ['albumin < 20', 'albumin 1.5 g/dL', 1],
])('%s with %s: %i', (keyword, labs, matched) => expect(isMatched(keyword, labs)).toBe(matched));

test('only thresholds that fit two units are asked about', () => {
  const keywords = ['creatinine > 1.6', 'glucose > 250', 'albumin < 2.0', 'T > 39.5', 'PCV < 20', 'K > 6.5'];
  expect(engine.keywordDoubts(keywords).filter((doubt) => doubt !== null)).toEqual([]);
  expect(engine.keywordDoubts(['phosphate > 5', 'vomiting for 2 days'])).toEqual([
    expect.stringMatching(/^has no unit and is read as mg\/dL/),
    null,
  ]);
});
