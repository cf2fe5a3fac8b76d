/**
 * The bytes of a stream lie outside of the heap, so the engine does not hurry to free them: an upload of 25 MB leaves
 * some 30 MB behind until its next collection. A small collection every few megabytes costs about a millisecond and
 * keeps the process as small as it was.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_BYTES = 2 * 1024 * 1024;

type Collect = (options: { type: 'minor' }) => void;
let collect: Collect | null = null;
let passed = 0;

/** Tells that so many bytes have been read and are no longer needed, by whichever stream of the process. */
export function released(bytes: number): void {
  passed += bytes;
  if (passed < EVERY_BYTES) return;
  passed = 0;
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as Collect;
  }
  collect({ type: 'minor' });
}
