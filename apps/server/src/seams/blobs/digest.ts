import { createHash } from 'node:crypto';
import type { StoredBlob } from './port.ts';

/** Counts and hashes what passes, and lets it pass; `stored` tells once everything has. */
export function digesting(): {
  pass(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  stored(): StoredBlob;
} {
  const hash = createHash('sha256');
  let size = 0;
  return {
    async *pass(source) {
      for await (const chunk of source) {
        hash.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    },
    stored: () => ({ size, sha256: hash.digest('hex') }),
  };
}
