import type { AnalysisResult, ExtractedFinding } from '@mozarela/clinical/types';
import { expect, test } from 'vitest';
import { chipsOf, nextAssertion, withCorrection } from './chips.ts';

const found = (id: string, assertion: ExtractedFinding['assertion'], text = id): ExtractedFinding => ({
  id,
  label: id,
  text,
  start: 0,
  end: text.length,
  field: 'signs',
  assertion,
});

const result = (findings: ExtractedFinding[]) => ({ findings }) as AnalysisResult;
const label = (id: string) => `label of ${id}`;

test('a finding read twice is one chip, and present counts before absent', () => {
  const groups = chipsOf(
    result([found('cough', 'absent', 'no cough'), found('cough', 'present', 'coughs')]),
    [],
    label,
  );
  expect(groups.absent).toEqual([]);
  expect(groups.present).toMatchObject([{ id: 'cough', words: ['no cough', 'coughs'] }]);
});

test('a correction shows at once, also for a finding that was not read', () => {
  const corrections = withCorrection([{ finding: 'cough', assertion: 'absent' }], {
    finding: 'fever',
    assertion: 'present',
  });
  const groups = chipsOf(result([found('cough', 'present')]), corrections, label);
  expect(groups.absent).toMatchObject([{ id: 'cough', corrected: true }]);
  expect(groups.present).toMatchObject([{ id: 'fever', label: 'label of fever', words: [] }]);
});

test('a click goes from present to absent to unsure and back', () => {
  expect(nextAssertion('present')).toBe('absent');
  expect(nextAssertion('absent')).toBe('unsure');
  expect(nextAssertion('unsure')).toBe('present');
  expect(nextAssertion('historical')).toBe('present');
});
