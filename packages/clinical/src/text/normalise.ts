/**
 * One spelling of the typed text for matching: NFKD without accents, lower case, plain quotes, dashes, and digits,
 * with the way back to the original offsets. Length may change, so every unit remembers where it came from.
 */

/** `starts[i]`..`ends[i]` is the UTF-16 range of the original that unit `i` of `text` stands for. */
export type Normalised = { text: string; starts: Uint32Array; ends: Uint32Array };

/** Characters that Unicode decomposition leaves, or would change into something misleading ("10⁹" into "109"). */
const REPLACED: Record<string, string> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u00b4': "'",
  '`': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2015': '-',
  '\u2212': '-',
  '\u00d7': 'x',
  '\u00b5': 'u',
  '\u03bc': 'u',
  '\u00ba': '°',
  '\u02da': '°',
  '\u2103': '°c',
  '\u2109': '°f',
  '\u2264': '<=',
  '\u2265': '>=',
  '\u00bd': '.5',
  '\u00bc': '.25',
  '\u00be': '.75',
  '\u2191': '↑',
  '\u2b06': '↑',
  '\u25b2': '↑',
  '\u2193': '↓',
  '\u2b07': '↓',
  '\u25bc': '↓',
  '\u00df': 'ss',
  '\u0000': ' ',
  '\t': ' ',
  '\r': '\n',
  '\u0085': '\n',
  '\u2028': '\n',
  '\u2029': '\n',
};
const SUPERSCRIPTS = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';
const MARK = /^\p{M}$/u;
const INVISIBLE = /^[\u200b-\u200f\u2060\ufeff]$/u;
const SPACE = /^\s$/u;

/** Plain ASCII without anything that REPLACED changes: only the case differs. */
const PLAIN = /^[\n\x20-\x5f\x61-\x7e]*$/;

/** 0, 1, 2, ... shared by all plain texts, whose units stand where they were typed. */
let identity = Uint32Array.from({ length: 256 }, (_, i) => i);

/** Normalises a text of any content, lone surrogates and NUL included. Linear in its length. */
export function normalise(original: string): Normalised {
  if (PLAIN.test(original)) {
    const { length } = original;
    if (identity.length <= length) identity = Uint32Array.from({ length: 2 * length + 1 }, (_, i) => i);
    return {
      text: original.toLowerCase(),
      starts: identity.subarray(0, length),
      ends: identity.subarray(1, length + 1),
    };
  }
  const out: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let raised = false;
  for (let at = 0; at < original.length; ) {
    const code = original.codePointAt(at) as number;
    const char = String.fromCodePoint(code);
    const end = at + char.length;
    const digit = SUPERSCRIPTS.indexOf(char);
    let written: string;
    if (char === '\r' && original[end] === '\n') written = ' ';
    else if (digit >= 0) written = raised ? String(digit) : `^${digit}`;
    else written = plain(char, code);
    raised = digit >= 0;
    for (const unit of written) {
      for (let i = 0; i < unit.length; i++) {
        starts.push(at);
        ends.push(end);
      }
      out.push(unit);
    }
    // An accent typed as its own character belongs to the letter before it.
    if (written === '' && ends.length > 0) ends[ends.length - 1] = end;
    at = end;
  }
  return { text: out.join(''), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

function plain(char: string, code: number): string {
  const replaced = REPLACED[char];
  if (replaced !== undefined) return replaced;
  if (code < 0x80) return code >= 65 && code <= 90 ? String.fromCharCode(code + 32) : char;
  if (MARK.test(char) || INVISIBLE.test(char)) return '';
  if (SPACE.test(char)) return ' ';
  let out = '';
  for (const part of char.normalize('NFKD').toLowerCase()) if (!MARK.test(part)) out += part;
  return out;
}
