/**
 * PDFs without anything that acts. A reader finds objects by their place in the file, not by reading from the start,
 * so an object may hide where none is expected: in a string, a comment, or among the bytes of a stream. Therefore each
 * "obj" in the file begins a look of its own, beside the one that found it in such a place.
 */
import { type Detector, damaged, FileRefused, UNCHECKABLE } from './kind.ts';
import { type Lexer, pdfLexer, type StreamSink } from './pdf-lexer.ts';
import { nameChecker } from './pdf-names.ts';
import { isTelling, newBudget, planOf, type Unpacking, unpacking } from './pdf-streams.ts';

/** Looks at once; an honest file needs one. */
const MAX_LEXERS = 8;
const CARRY = 4;

/** Where "%PDF-" stands; -1 when nowhere. */
export const pdfHeaderAt = (head: Buffer): number => head.indexOf('%PDF-', 0, 'latin1');

/** Ends of "obj" that begin an object, after a number or white space, before a delimiter or white space. */
function objectStarts(text: Buffer): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf('obj', 1); at > 0; at = text.indexOf('obj', at + 3)) {
    const [before, after] = [text[at - 1]!, text[at + 3]];
    if (after === undefined) break;
    if (/[\s\0\d]/.test(String.fromCharCode(before)) && /[\s\0<[(/%]/.test(String.fromCharCode(after)))
      starts.push(at + 3);
  }
  return starts;
}

export function pdfDetector(): Detector {
  const budget = newBudget();
  let lexers: Lexer[] = [];
  let carry: Buffer = Buffer.alloc(0);
  let objects = 0;
  /** Unpacking takes its time in threads; the lexers run ahead of it by one chunk. */
  let work: (() => Promise<void>)[] = [];

  function openStream(names: string[]): StreamSink {
    const plan = planOf(names);
    if (plan === 'skip') return { data: () => undefined, end: () => undefined };
    if (plan === 'check') {
      const check = nameChecker();
      return { data: check, end: () => check(Buffer.from(' ')) };
    }
    let unpacker: Unpacking | null = null;
    const opened = () => {
      unpacker ??= unpacking(plan === 'inflate and check', budget);
      return unpacker;
    };
    return {
      data: (bytes) => void work.push(() => opened().write(bytes)),
      end: () => void work.push(() => opened().end()),
    };
  }

  function startObject(): void {
    objects += 1;
    lexers = lexers.filter((lexer) => !lexer.inBody());
    if (lexers.length === MAX_LEXERS) throw new FileRefused('content', UNCHECKABLE);
    lexers.push(pdfLexer(isTelling, openStream));
  }

  async function unpack(): Promise<void> {
    for (const step of work) await step();
    work = [];
  }

  const pushAll = (bytes: Buffer) => {
    for (const lexer of lexers) lexer.push(bytes);
  };

  return {
    async push(chunk) {
      if (lexers.length === 0) lexers.push(pdfLexer(isTelling, openStream));
      const text = Buffer.concat([carry, chunk]);
      let from = 0;
      for (const start of objectStarts(text)) {
        const at = start - carry.length;
        pushAll(chunk.subarray(from, at));
        startObject();
        from = at;
      }
      pushAll(chunk.subarray(from));
      carry = Buffer.from(text.subarray(-CARRY));
      await unpack();
    },
    async end() {
      pushAll(Buffer.from(' '));
      for (const lexer of lexers) lexer.end();
      await unpack();
      if (objects === 0) throw damaged();
      return { contentType: 'application/pdf', width: null, height: null };
    },
  };
}
