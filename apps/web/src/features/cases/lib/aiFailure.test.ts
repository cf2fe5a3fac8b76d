import { expect, it } from 'vitest';
import { ai } from '../../../i18n/en/ai.ts';
import { aiFailureCode, isAiFailure } from './aiFailure.ts';

it.each([
  ['attachment_unreadable', /file.*preview/i],
  ['attachments_too_large', /pictures.*fewer/i],
  ['case_changed', /edited/],
])('says what stood in the way: %s', (code, words) => {
  expect(isAiFailure(code)).toBe(true);
  expect(ai.failed[aiFailureCode(code)]).toMatch(words);
});

it('says no more than that something went wrong when it does not know the code', () => {
  expect(isAiFailure('database_melted')).toBe(false);
  expect(aiFailureCode('database_melted')).toBe('analysis_failed');
});
