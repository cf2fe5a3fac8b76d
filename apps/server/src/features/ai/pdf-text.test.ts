import { expect, it } from 'vitest';
import { pdfText } from './pdf-text.ts';
import { pdfWith } from './red-team/files.ts';

it('reads the text and leaves the bytes alone', async () => {
  const bytes = pdfWith(['ALT 340 U/L', 'Glucose 3.2 mmol/L (3.3-6.1)']);
  const before = Buffer.from(bytes);
  const text = await pdfText(bytes);
  expect(text).toContain('ALT 340 U/L');
  expect(text).toContain('3.2 mmol/L (3.3-6.1)');
  expect(bytes.equals(before)).toBe(true);
});

it.each([
  ['no PDF', Buffer.from('hello')],
  ['half a PDF', pdfWith(['ALT']).subarray(0, 100)],
  ['a page without text', pdfWith([])],
])('answers null: %s', async (_name, bytes) => expect(await pdfText(bytes)).toBeNull());
