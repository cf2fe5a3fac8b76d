import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
  ['<img src=x onerror=alert(1)>Abdominal ultrasound', 'Abdominal ultrasound'],
  ['<script>alert(1)</script>ok', 'alert(1) ok'],
  ['**bold** `code`\n# heading', 'bold code heading'],
  ['a\u202eb\u0007\u200b c', 'ab c'],
  ['K <3.5 and Na >140', 'K <3.5 and Na >140'],
  ['<b unclosed', ''],
])('%s', (raw, text) => expect(plainText(raw, 200)).toEqual({ text, cited: false }));

test.each([
  ['[click](javascript:alert(1)) it', /^click\)? it$/],
  ['See https://evil.example/ref now', /^See now$/],
  ['Known (Smith et al., 2019).', /^Known\.$/],
  ['Compatible [1,2] doi:10.1000/xyz', /^Compatible$/],
  ['as Nelson and Couto 2019 say', /^as say$/],
  ['evil.com/x?y', /^$/],
])('drops and reports what cites: %s', (raw, text) => {
  const plain = plainText(raw, 200);
  expect(plain.text).toMatch(text);
  expect(plain.cited).toBe(true);
});

test('ends a long text with an ellipsis, between words', () => {
  expect(plainText('one two three', 9).text).toBe('one two…');
});
