/** What a detector finds, and the small helpers that all detectors share. */

export type RedactionKind = 'name' | 'phone' | 'email' | 'link' | 'address' | 'chip' | 'date' | 'id' | 'file';

/** A stretch of a text, in UTF-16 units. */
export type Span = { kind: RedactionKind; start: number; end: number };

/** A text as detectors see it. `folded` is as long as `text`: lower case, without accents. */
export type Prepared = { text: string; folded: string };

const LINE_END = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const INVISIBLE = /\p{Cf}|(?![\t\n])\p{Cc}/gu;
const FULL_WIDTH = /[\uff01-\uff5e\u{1d400}-\u{1d7ff}]/gu;
const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * The text without what hides an identifier from a pattern: invisible characters, full-width letters, exotic and
 * repeated spaces, line ends other than "\n". Detectors read it and it is what leaves: offsets count in it.
 * Superscripts and units stay as they are: "10⁹" must not become "109".
 */
export function clean(text: string): string {
  return text
    .replace(LINE_END, '\n')
    .replace(SPACES, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, (char) => char.normalize('NFKC'))
    .normalize('NFC');
}

/** Lower case without accents, of the same length. */
export function fold(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!;
    if (char < '\u0080') out += char.toLowerCase();
    else out += (char.normalize('NFD')[0] ?? char).toLowerCase()[0] ?? char;
  }
  return out;
}

export const prepare = (text: string): Prepared => ({ text, folded: fold(text) });

/**
 * Every match of a global pattern as a span: of its group `at` when there is one, else of the whole. `accept` sees the
 * matched words and may refuse.
 */
export function spansOf(
  text: string,
  pattern: RegExp,
  kind: RedactionKind,
  accept: (match: RegExpExecArray) => boolean = () => true,
): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(pattern)) {
    if (!accept(match)) continue;
    const part = match.groups?.at;
    const start = match.index + (part === undefined ? 0 : match[0].lastIndexOf(part));
    spans.push({ kind, start, end: start + (part ?? match[0]).length });
  }
  return spans;
}

export const digitsIn = (text: string): number => text.replace(/\D/g, '').length;
