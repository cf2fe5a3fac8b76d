/** Tells by its content what a file is, while it passes, and refuses what a case does not take. */
import { Readable } from 'node:stream';
import { imageDetector } from './image.ts';
import { type Detector, FileRefused, type Kind } from './kind.ts';
import { pdfDetector, pdfHeaderAt } from './pdf.ts';
import { isText, textDetector } from './text.ts';

/** A PDF's header may come so late. */
const HEAD_BYTES = 1024;

const TAKEN = 'A case takes JPEG, PNG, WebP and GIF images, PDF, text and CSV.';

type Other = {
  /** Offset of the mark, as bytes of Latin-1. */
  at: number;
  marks: string[];
  message: string;
};

/** What people try that is not taken, and what helps them. */
const OTHERS: Other[] = [
  {
    at: 4,
    marks: ['ftyphei', 'ftyphev', 'ftypmif1', 'ftypmsf1', 'ftypavi'],
    message: 'HEIC and AVIF photos are not taken: save the photo as JPEG.',
  },
  { at: 4, marks: ['ftyp', 'moov'], message: `Videos are not taken. ${TAKEN}` },
  { at: 0, marks: ['\x1aE\xdf\xa3'], message: `Videos are not taken. ${TAKEN}` },
  { at: 128, marks: ['DICM'], message: 'DICOM files are not taken: export the image as JPEG or PNG.' },
  {
    at: 0,
    marks: ['II*\0', 'MM\0*', 'BM'],
    message: 'TIFF and BMP images are not taken: save the image as JPEG or PNG.',
  },
  {
    at: 0,
    marks: ['PK\x03\x04', 'PK\x05\x06', '\xd0\xcf\x11\xe0', '{\\rtf', '\x1f\x8b', 'Rar!', '7z\xbc\xaf'],
    message: 'Office documents and archives are not taken: save the document as PDF.',
  },
  { at: 0, marks: ['MZ', '\x7fELF', '#!'], message: `Programs are not taken. ${TAKEN}` },
  { at: 0, marks: ['\xff\xfe', '\xfe\xff'], message: 'This text is in UTF-16: save it as UTF-8.' },
];

const TEXT_PROGRAM = /^(?:#!|\{\\rtf)/;
// After the mark that UTF-8 may begin with, as bytes of Latin-1.
const MARKUP = /^(?:ï»¿)?\s*<[a-z!?/]/i;

function detectorOf(head: Buffer, name: string): Detector {
  if (head.length === 0) throw new FileRefused('content', 'This file is empty.');
  const start = head.toString('latin1');
  if (MARKUP.test(start))
    throw new FileRefused('type', `HTML, SVG and XML are not taken, because they can hold scripts. ${TAKEN}`);
  const image = imageDetector(head);
  const pdf = pdfHeaderAt(head);
  if (image && pdf >= 0)
    throw new FileRefused('content', 'This file is an image and a PDF at once: that is not safe.');
  if (image) return image;
  if (pdf >= 0) return pdfDetector();
  if (isText(head) && !TEXT_PROGRAM.test(start)) return textDetector(name);
  const other = OTHERS.find(({ at, marks }) => marks.some((mark) => start.startsWith(mark, at)));
  throw new FileRefused('type', other?.message ?? `This type of file is not taken. ${TAKEN}`);
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const head: Buffer[] = [];
  for (let length = 0; length < HEAD_BYTES; ) {
    const { value, done } = await chunks.next();
    if (done) break;
    head.push(value);
    length += value.length;
  }
  return Buffer.concat(head);
}

async function* pass(source: Readable, name: string, done: (kind: Kind) => void): AsyncGenerator<Buffer> {
  const chunks: AsyncIterableIterator<Buffer> = source[Symbol.asyncIterator]();
  try {
    const head = await readHead(chunks);
    const detector = detectorOf(head.subarray(0, HEAD_BYTES), name);
    await detector.push(head);
    yield head;
    for await (const chunk of chunks) {
      await detector.push(chunk);
      yield chunk;
    }
    done(await detector.end());
  } finally {
    source.destroy();
  }
}

/**
 * The same bytes, looked at while they pass. The stream fails with FileRefused as soon as there is a reason to.
 * @param name as the sender calls the file
 * @returns `kind` once the stream has ended
 */
export function inspect(source: Readable, name: string): { body: Readable; kind: () => Kind } {
  let kind: Kind | null = null;
  const body = Readable.from(
    pass(source, name, (found) => {
      kind = found;
    }),
    { objectMode: false },
  );
  return {
    body,
    kind() {
      if (!kind) throw new Error('the file was not read to its end');
      return kind;
    },
  };
}
