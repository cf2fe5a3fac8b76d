import { randomBytes } from 'node:crypto';

/** A password or a part of a name: 24 hexadecimal digits. */
export function randomHex(): string {
  return randomBytes(12).toString('hex');
}
