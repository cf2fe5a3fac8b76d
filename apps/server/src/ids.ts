/** UUIDv7 (RFC 9562): ids sort by the time they were made, so that every list can page by id alone. */
import { randomBytes } from 'node:crypto';

let lastMs = 0;
let counter = 0;

/**
 * A new id. Ids of one process are strictly increasing: the 12 bits after the version count within a millisecond,
 * and a clock that steps back is ignored.
 * @param now milliseconds since 1970
 */
export function newId(now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now;
    counter = randomBytes(1)[0]!;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  return format(lastMs, counter, randomBytes(8));
}

/** What 48 bits hold: the year 10889. */
const MAX_MS = 2 ** 48 - 1;

/**
 * The lowest id of a millisecond: a bound for "made at or after" and, exclusively, for "made before". Times that no id
 * can have are bounds too: before all ids, or after all that are made.
 */
export function idBound(ms: number): string {
  return format(Math.min(Math.max(0, ms), MAX_MS), 0, Buffer.alloc(8));
}

/**
 * The id of something that has an identity elsewhere: the same every time, and in its place by time.
 * @param digest at least ten bytes that only this thing has
 */
export function idFrom(ms: number, digest: Buffer): string {
  return format(ms, digest.readUInt16BE(0) & 0xfff, Buffer.from(digest.subarray(2, 10)));
}

/** When an id was made, in milliseconds since 1970. */
export function idTime(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

function format(ms: number, count: number, random: Buffer): string {
  random[0] = (random[0]! & 0x3f) | 0x80;
  const time = ms.toString(16).padStart(12, '0');
  const tail = random.toString('hex');
  const version = `7${count.toString(16).padStart(3, '0')}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
