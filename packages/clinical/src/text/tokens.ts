/** Words, numbers and symbols of a normalised text, each with its place in the original. */
import type { Normalised } from './normalise.ts';
import { stem } from './stem.ts';

export type Token = {
  kind: 'word' | 'number' | 'symbol' | 'newline';
  /** As normalised: lower case, no accents. */
  text: string;
  /** What phrases are compared by: the stem of a word, the text of anything else. */
  key: string;
  /** UTF-16 offsets into the original. */
  start: number;
  end: number;
  /** No white space between this token and the one before it. */
  glued: boolean;
  /** A word typed in capitals only. */
  upper: boolean;
  /** Of a number. */
  value: number;
  /** Other reading of a number with one comma or point: "1,015" is 1015 or 1.015. */
  other: number | null;
};

const NOT = /^(?:not|cannot|[a-z]+n't|wont|dont|doesnt|didnt|cant|isnt|wasnt|hasnt|havent|wouldnt)$/;

const KEYS = new Map<string, string>();
const KEYS_KEPT = 20_000;

/** The comparison key of a word: negated auxiliaries ("won't", "cannot") are all "not". */
export function keyOf(word: string): string {
  const known = KEYS.get(word);
  if (known !== undefined) return known;
  const key = NOT.test(word) ? 'not' : stem(word);
  if (KEYS.size >= KEYS_KEPT) KEYS.clear();
  KEYS.set(word, key);
  return key;
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isLetter = (code: number) => code >= 97 && code <= 122;
const OTHER_LETTER = /^\p{L}$/u;

/**
 * Splits a normalised text. `mixed` are names of letters and digits that stay one word (t4, hco3, b12); all other
 * mixtures come apart, so that "T39.5" and "6yo" can be read.
 */
export function tokenise(normal: Normalised, original: string, mixed: ReadonlySet<string>): Token[] {
  const { text, starts, ends } = normal;
  const tokens: Token[] = [];
  let glued = false;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 32) {
      glued = false;
      at++;
      continue;
    }
    const end = tokenEnd(text, at, code, mixed);
    const piece = text.slice(at, end);
    const token = make(piece, code, starts[at] as number, ends[end - 1] as number, glued);
    if (token.kind === 'word') token.upper = isUpper(original.slice(token.start, token.end));
    tokens.push(token);
    glued = token.kind !== 'newline';
    at = end;
  }
  return tokens;
}

/** A token that stands for typed shorthand: other words, the place of the shorthand. */
export function standIn(text: string, start: number, end: number, glued: boolean): Token {
  return make(text, text.charCodeAt(0), start, end, glued);
}

function make(text: string, code: number, start: number, end: number, glued: boolean): Token {
  const base = { text, key: text, start, end, glued, upper: false, value: Number.NaN, other: null };
  if (text === '\n') return { ...base, kind: 'newline' };
  const startsNumber = isDigit(code) || (code === 46 && text.length > 1);
  if (startsNumber && /^[\d.,]+$/.test(text)) {
    const [value, other] = readNumber(text);
    return { ...base, kind: 'number', value, other };
  }
  if (isLetter(code) || startsNumber || OTHER_LETTER.test(text[0] as string))
    return { ...base, key: keyOf(text), kind: 'word' };
  return { ...base, key: text === '&' ? 'and' : text, kind: 'symbol' };
}

function tokenEnd(text: string, at: number, code: number, mixed: ReadonlySet<string>): number {
  if (isDigit(code) || isLetter(code)) {
    const whole = alphanumericEnd(text, at);
    if (whole - at <= 16 && mixed.has(text.slice(at, whole))) return whole;
  }
  if (isDigit(code)) return numberEnd(text, at);
  if (code === 46 && isDigit(text.charCodeAt(at + 1)) && !isDigit(text.charCodeAt(at - 1)))
    return numberEnd(text, at + 1);
  if (isLetter(code)) return wordEnd(text, at);
  if (OTHER_LETTER.test(text[at] as string)) return wordEnd(text, at + 1);
  if (code === 43 || code === 45) return runEnd(text, at, code);
  if ((code === 60 || code === 62) && text.charCodeAt(at + 1) === 61) return at + 2;
  const wide = code >= 0xd800 && code <= 0xdbff && text.charCodeAt(at + 1) >= 0xdc00;
  return at + (wide && text.charCodeAt(at + 1) <= 0xdfff ? 2 : 1);
}

function alphanumericEnd(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at)) || isLetter(text.charCodeAt(at))) at++;
  return at;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isLetter(code)) continue;
    if (code === 39 && isLetter(text.charCodeAt(at + 1)) && at > from) continue;
    if (code < 128 || !OTHER_LETTER.test(text[at] as string)) break;
  }
  return Math.max(at, from);
}

function numberEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) continue;
    const separator = code === 46 || code === 44;
    if (!separator || !isDigit(text.charCodeAt(at + 1))) break;
  }
  return at;
}

function runEnd(text: string, from: number, code: number): number {
  let at = from;
  while (text.charCodeAt(at) === code) at++;
  return at;
}

/** "1,234" is 1234 (or 1.234), "12,5" is 12.5, "1.234,5" is 1234.5. */
function readNumber(text: string): [number, number | null] {
  const commas = text.split(',').length - 1;
  const points = text.split('.').length - 1;
  if (commas === 0 && points <= 1) return [Number(text), null];
  const thousands = Number(text.replaceAll(',', ''));
  if (commas === 0) return [Number.NaN, null];
  if (points === 1 && text.lastIndexOf('.') > text.lastIndexOf(',')) return [thousands, null];
  if (points >= 1) return [Number(text.replaceAll('.', '').replace(',', '.')), null];
  if (commas > 1) return [thousands, null];
  const decimal = Number(text.replace(',', '.'));
  return /^[1-9]\d{0,2},\d{3}$/.test(text) ? [thousands, decimal] : [decimal, null];
}

function isUpper(typed: string): boolean {
  return typed === typed.toUpperCase() && typed !== typed.toLowerCase();
}
