/** What is inside the streams of a PDF: object streams are unpacked and looked at, others unpacked to see how large. */
import { createInflate } from 'node:zlib';
import { FileRefused, UNCHECKABLE } from './kind.ts';
import { nameChecker } from './pdf-names.ts';

const MB = 1024 * 1024;
/** All streams of a file, unpacked. A page scanned in colour at 600 dpi has 100 MB. */
const MAX_UNPACKED = 256 * MB;
/** Of these, streams that hold objects. */
const MAX_OBJECTS = 50 * MB;

const bomb = () =>
  new FileRefused('content', 'This PDF unpacks to far more than its size: that is not safe.');
const hidden = () => new FileRefused('content', UNCHECKABLE);

/** Each takes a tenth of a millisecond, however small it is. */
const MAX_STREAMS = 20_000;

export type Budget = { unpacked: number; objects: number; streams: number };
export const newBudget = (): Budget => ({
  unpacked: MAX_UNPACKED,
  objects: MAX_OBJECTS,
  streams: MAX_STREAMS,
});

const isFilter = (name: string) => /^(?:\w+Decode|Fl|AHx|A85|LZW|RL|CCF|DCT|Crypt)$/.test(name);
const isFlate = (name: string) => name === 'FlateDecode' || name === 'Fl';

/** Names that `planOf` decides by. */
export const isTelling = (name: string): boolean =>
  isFilter(name) || ['ObjStm', 'N', 'First', 'Predictor', 'Filter'].includes(name);

export type StreamPlan = 'skip' | 'check' | 'inflate' | 'inflate and check';

/**
 * What to do with a stream, by the names of its dictionary.
 * @throws FileRefused for objects that are packed otherwise than by Flate, and for what is packed twice
 */
export function planOf(names: string[]): StreamPlan {
  const filters = names.filter(isFilter);
  const flates = filters.filter(isFlate).length;
  // No program packs twice; who attacks does.
  if (flates > 1) throw hidden();
  const holdsObjects = names.includes('ObjStm') || (names.includes('N') && names.includes('First'));
  if (!holdsObjects) return filters[0] !== undefined && isFlate(filters[0]) ? 'inflate' : 'skip';
  if (names.includes('Predictor') || filters.length > flates) throw hidden();
  if (flates === 1) return 'inflate and check';
  // A filter that stands elsewhere in the file.
  if (names.includes('Filter')) throw hidden();
  return 'check';
}

export type Unpacking = {
  write(bytes: Buffer): Promise<void>;
  /** @throws FileRefused when objects in it could not be looked at */
  end(): Promise<void>;
};

/**
 * @param check whether the content is objects
 * @throws FileRefused when the file has more streams than any honest one
 */
export function unpacking(check: boolean, budget: Budget): Unpacking {
  budget.streams -= 1;
  if (budget.streams < 0) throw hidden();
  const inflate = createInflate({ chunkSize: 64 * 1024 });
  const checkNames = check ? nameChecker() : null;
  let refusal: FileRefused | null = null;
  let broken = false;
  let complete = false;
  inflate.on('data', (bytes: Buffer) => {
    budget.unpacked -= bytes.length;
    if (check) budget.objects -= bytes.length;
    try {
      if (budget.unpacked < 0 || budget.objects < 0) throw bomb();
      checkNames?.(bytes);
    } catch (error) {
      refusal = error as FileRefused;
      inflate.destroy();
    }
  });
  inflate.on('end', () => {
    complete = true;
  });
  inflate.on('error', () => {
    broken ||= !complete;
  });
  const over = () => complete || broken || refusal !== null || inflate.destroyed;
  /** After an error the callback of a write may never come, "close" does. */
  const settled = (work: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      inflate.once('close', resolve);
      work(() => {
        inflate.off('close', resolve);
        resolve();
      });
    });
  return {
    async write(bytes) {
      if (!over() && bytes.length > 0) await settled((done) => inflate.write(bytes, done));
      if (refusal) throw refusal;
    },
    async end() {
      if (!over())
        await new Promise<void>((resolve) => {
          inflate.once('close', resolve);
          inflate.end();
        });
      inflate.destroy();
      if (refusal) throw refusal;
      if (check && !complete) throw hidden();
      checkNames?.(Buffer.from(' '));
    },
  };
}
