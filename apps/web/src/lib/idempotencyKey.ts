/** A random key. Not crypto.randomUUID: clinics reach the server over plain http, where it does not exist. */
export function idempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
