/** Names in a PDF (`/JavaScript`), and those that a case does not take. */
import { FileRefused } from './kind.ts';

const SCRIPT = 'This PDF contains scripts or actions that run by themselves: print it to a new PDF.';
const FILES = 'This PDF has other files inside: add them one by one.';
const FORM = 'This PDF is an interactive form: print it to a new PDF.';

const FORBIDDEN = new Map([
  ['Encrypt', 'This PDF is encrypted: save it without a password.'],
  ['JavaScript', SCRIPT],
  ['JS', SCRIPT],
  ['Launch', SCRIPT],
  ['AA', SCRIPT],
  ['RichMedia', SCRIPT],
  ['GoToE', FILES],
  ['EmbeddedFile', FILES],
  ['EmbeddedFiles', FILES],
  ['EF', FILES],
  ['XFA', FORM],
  ['SubmitForm', FORM],
  ['ImportData', FORM],
]);

/** Longer than any name of interest with each letter written as `#xx`. */
export const MAX_NAME = 64;

/** White space and delimiters end a name or a keyword. */
const ENDS = new Set([...'\0\t\n\f\r ()<>[]{}/%'].map((character) => character.charCodeAt(0)));
export const endsToken: boolean[] = Array.from({ length: 256 }, (_, byte) => ENDS.has(byte));

/** A name without its escapes: `J#53` is `JS`. */
export const decodeName = (raw: string): string =>
  raw.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** @throws FileRefused for a name that means danger */
export function checkName(name: string): void {
  const reason = FORBIDDEN.get(name);
  if (reason) throw new FileRefused('content', reason);
}

/**
 * Checks every name in a text, whatever stands around it: for unpacked object streams, in which a reader jumps to any
 * place.
 */
export function nameChecker(): (chunk: Buffer) => void {
  let open: string | null = null;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (open === null) {
        const slash = chunk.indexOf(0x2f, at);
        if (slash < 0) return;
        open = '';
        at = slash + 1;
        continue;
      }
      let end = at;
      while (end < chunk.length && !endsToken[chunk[end]!]) end += 1;
      open = (open + chunk.toString('latin1', at, Math.min(end, at + MAX_NAME))).slice(0, MAX_NAME);
      at = end;
      if (end < chunk.length) {
        checkName(decodeName(open));
        open = null;
      }
    }
  };
}
