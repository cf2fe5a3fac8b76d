import { expect, test } from 'vitest';
import { ApiError, hasCode } from './apiError.ts';

test('field errors of a problem are found by the name of the field', () => {
  const error = new ApiError(422, {
    code: 'validation_failed',
    errors: [
      { path: 'body.email', message: 'bad' },
      { path: '/body/corrections/0/finding', message: 'long' },
      { path: 'password', message: 'short' },
    ],
  });
  expect(error.fields).toEqual({ email: 'bad', 'corrections.0.finding': 'long', password: 'short' });
  expect(hasCode(error, 'gone', 'validation_failed')).toBe(true);
});
