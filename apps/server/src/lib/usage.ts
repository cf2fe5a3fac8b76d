/** A role was called with the wrong words: its message says how it is called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
