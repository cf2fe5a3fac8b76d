/** Sentences of a note, each with the part of the note it stands in. */
import { type Heading, headingOf, LONGEST_HEADING, type Section } from './headings.ts';
import type { Token } from './tokens.ts';

/** Tokens of one sentence; headings that are not content are left out. */
export type Sentence = {
  tokens: Token[];
  section: Section;
  mood: Heading['mood'];
  /** Ended by a question mark. */
  question: boolean;
};

/** Abbreviations whose point does not end a sentence. */
const DOTTED = new Set(
  'temp approx dr drs mr mrs ms vs eg ie resp hr hrs wt mo mos yr yrs wk wks abd hx st spp sp no max min mm cm kg ca cf etc inc dept ref poss prob susp ant post lat med bilat neg pos incl esp'.split(
    ' ',
  ),
);
const OPEN_END = new Set([
  'and',
  'or',
  'no',
  'not',
  'with',
  'without',
  'of',
  'the',
  'a',
  'e',
  'ou',
  'sem',
  'com',
  ',',
]);
/** A line at least this long was probably wrapped by the editor, not ended by the writer. */
const WRAPPED_LINE = 60;

type Cursor = {
  section: Section;
  mood: Heading['mood'];
  /** What to return to at the end of the line, after a heading without a colon, or of the sentence. */
  back: { section: Section; mood: Heading['mood'] } | null;
  until: 'line' | 'sentence';
};

/** Splits the tokens of one text box. `start` is the part of the note that it opens with. */
export function segment(tokens: Token[], original: string, start: Section, portuguese = false): Sentence[] {
  const sentences: Sentence[] = [];
  const cursor: Cursor = { section: start, mood: 'stated', back: null, until: 'line' };
  let current: Token[] = [];
  let lineStart = 0;
  // Between parentheses a semicolon divides a range from its value, not sentences.
  let inside = false;
  const close = (question: boolean) => {
    if (current.length > 0)
      sentences.push({ tokens: current, section: cursor.section, mood: cursor.mood, question });
    current = [];
    inside = false;
  };
  const goBack = () => {
    if (cursor.back) Object.assign(cursor, cursor.back, { back: null, until: 'line' });
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind === 'newline') {
      const wrapped = isSoftWrap(tokens, i, original, lineStart);
      lineStart = i + 1;
      if (wrapped) continue;
      close(false);
      goBack();
      continue;
    }
    const fresh = current.length === 0;
    const heading = readHeading(tokens, i, i === lineStart, fresh);
    if (heading) {
      close(false);
      open(cursor, heading);
      // "RX" is a radiograph in Portuguese, a prescription in English.
      if (portuguese && token.text === 'rx') cursor.section = 'imaging';
      if (heading.heading.keep) current.push(...tokens.slice(i, i + heading.length));
      i += heading.length - 1;
      continue;
    }
    if (isBullet(tokens, i, i === lineStart)) {
      close(false);
      continue;
    }
    if (isGenusPoint(tokens, i, original)) continue;
    if (token.text === '(') inside = true;
    if (token.text === ')') inside = false;
    if (inside && token.text === ';') current.push({ ...token, text: ',', key: ',' });
    else if (endsSentence(tokens, i)) {
      close(token.text === '?');
      if (cursor.until === 'sentence') goBack();
    } else current.push(token);
  }
  close(false);
  return sentences;
}

type FoundHeading = { heading: Heading; length: number; colon: boolean };

function open(cursor: Cursor, { heading, colon }: FoundHeading): void {
  if (!colon || heading.sentence) cursor.back ??= { section: cursor.section, mood: cursor.mood };
  else cursor.back = null;
  cursor.until = heading.sentence ? 'sentence' : 'line';
  cursor.section = heading.section;
  cursor.mood = heading.mood;
}

function readHeading(tokens: Token[], at: number, lineStart: boolean, fresh: boolean): FoundHeading | null {
  if (tokens[at]?.kind !== 'word') return null;
  let words = '';
  let best: FoundHeading | null = null;
  for (let length = 1; length <= LONGEST_HEADING; length++) {
    const token = tokens[at + length - 1];
    if (!token || token.kind === 'newline') break;
    words += token.glued || length === 1 ? token.text : ` ${token.text}`;
    const heading = headingOf(words);
    if (!heading) continue;
    const found = closesHeading(tokens, at, length, heading, lineStart, fresh);
    if (found) best = found;
  }
  return best;
}

function closesHeading(
  tokens: Token[],
  at: number,
  length: number,
  heading: Heading,
  lineStart: boolean,
  fresh: boolean,
): FoundHeading | null {
  const next = tokens[at + length];
  const after = tokens[at + length + 1];
  const letter = length === 1 && (tokens[at] as Token).text.length === 1;
  if (next?.text === ':') {
    // "P: 120" is a pulse, "A:G" a ratio, "A:" in the middle of a line may be anything.
    if (letter && (!lineStart || after?.kind === 'number' || after?.glued)) return null;
    return { heading, length: length + 1, colon: true };
  }
  if (letter) return null;
  if (lineStart && (next === undefined || next.kind === 'newline') && !heading.keep)
    return { heading, length, colon: true };
  if (lineStart && next?.text === '-' && after?.kind === 'word' && !next.glued)
    return { heading, length: length + 1, colon: true };
  const opens = heading.bare && fresh && next?.kind !== 'symbol' && next?.text !== 'of' && next !== undefined;
  return opens ? { heading, length, colon: false } : null;
}

function isBullet(tokens: Token[], at: number, lineStart: boolean): boolean {
  const token = tokens[at] as Token;
  if (token.text === '•' || token.text === '·' || token.text === '●' || token.text === '▪') return true;
  if (!lineStart) return false;
  if (token.text === '*') return true;
  const next = tokens[at + 1];
  if (token.text === '-') return next !== undefined && !next.glued;
  return false;
}

function endsSentence(tokens: Token[], at: number): boolean {
  const token = tokens[at] as Token;
  if (token.text === ';' || token.text === '!' || token.text === '|') return true;
  const next = tokens[at + 1];
  // "?pyometra" doubts what follows; "pyometra?" ends the question.
  if (token.text === '?') return !(next?.glued && next.kind !== 'symbol') && next?.text !== ')';
  if (token.text !== '.') return false;
  const before = tokens[at - 1];
  if (!next || next.kind === 'newline') return true;
  if (!before || before.kind === 'newline') return true;
  const initials = before.text.length === 1 && next.glued && next.text.length <= 2 && before.kind === 'word';
  if (initials) return false;
  if (token.glued && DOTTED.has(before.text) && before.kind === 'word')
    return before.text === 'no' && next.kind !== 'number';
  return true;
}

const AFTER_SENTENCE =
  /^(?:no|not|the|he|she|it|and|has|is|was|with|in|on|at|also|but|now|then|owner|there)$/;

/** The point of "E. canis": one capital, then a word in small letters. */
function isGenusPoint(tokens: Token[], at: number, original: string): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token?.text !== '.' || before?.kind !== 'word' || next?.kind !== 'word') return false;
  if (before.text.length !== 1 || !token.glued || next.text.length < 4 || tokens[at - 2]?.text === '.')
    return false;
  const first = original[next.start] as string;
  return first === first.toLowerCase() && !AFTER_SENTENCE.test(next.text);
}

/** A line break that the editor made inside a sentence. */
function isSoftWrap(tokens: Token[], at: number, original: string, lineStart: number): boolean {
  const before = tokens[at - 1];
  const next = tokens[at + 1];
  if (!before || !next || next.kind === 'newline' || before.kind === 'newline') return false;
  if (next.kind === 'symbol' || '.;:!?'.includes(before.text)) return false;
  if (readHeading(tokens, at + 1, true, true)) return false;
  if (OPEN_END.has(before.text)) return true;
  const first = original[next.start] as string;
  const lower = first === first.toLowerCase() && first !== first.toUpperCase();
  const line = before.end - (tokens[lineStart]?.start ?? 0);
  return lower && line >= WRAPPED_LINE;
}
