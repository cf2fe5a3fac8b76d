/** Shorthand spelled out: whole-word abbreviations, and the letters of V+, D-, V/D, no V/D/C/S. */
import type { Abbreviations } from '../knowledge/schema.ts';
import type { Section } from './headings.ts';
import { MINUS, PLUS } from './refine.ts';
import { standIn, type Token } from './tokens.ts';

type Short = {
  parts: { text: string; glued: boolean }[];
  /** The exact spelling, where capitals matter. */
  exact: string | null;
  as: Token[];
  sections: readonly Section[] | null;
};

export type Shorthand = {
  byFirst: Map<string, Short[]>;
  signs: Map<string, Token[]>;
};

/** `read` turns a text into refined tokens. */
export function compileShorthand(source: Abbreviations, read: (text: string) => Token[]): Shorthand {
  const byFirst = new Map<string, Short[]>();
  for (const { write, as, in: sections, exact } of source.read) {
    const expansion = read(as);
    for (const typed of write) {
      const parts = read(typed).map(({ text, glued }) => ({ text, glued }));
      const first = parts[0]?.text;
      if (first === undefined) continue;
      const list = byFirst.get(first) ?? [];
      list.push({ parts, exact: exact ? typed : null, as: expansion, sections: sections ?? null });
      byFirst.set(first, list);
    }
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.parts.length - a.parts.length);
  const signs = new Map(Object.entries(source.signs).map(([letter, as]) => [letter.toLowerCase(), read(as)]));
  return { byFirst, signs };
}

/** The sentence with its shorthand spelled out; every new token stands at the place of what was typed. */
export function spellOut(shorthand: Shorthand, tokens: Token[], original: string, section: Section): Token[] {
  return spellWords(shorthand, spellSigns(shorthand, tokens), original, section);
}

function spellWords(shorthand: Shorthand, tokens: Token[], original: string, section: Section): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const short = shorthand.byFirst.get(token.text)?.find((s) => fits(s, tokens, i, original, section));
    if (!short) {
      out.push(token);
      continue;
    }
    const last = tokens[i + short.parts.length - 1] as Token;
    pushAt(out, short.as, token.start, last.end, token.glued);
    i += short.parts.length - 1;
  }
  return out;
}

function pushAt(out: Token[], words: Token[], start: number, end: number, glued: boolean): void {
  words.forEach((word, k) => {
    out.push({ ...word, start, end, glued: k === 0 && glued, upper: false });
  });
}

function fits(short: Short, tokens: Token[], at: number, original: string, section: Section): boolean {
  if (short.sections && !short.sections.includes(section)) return false;
  const { parts } = short;
  for (let k = 1; k < parts.length; k++) {
    const token = tokens[at + k];
    if (token?.text !== parts[k]?.text || (parts[k]?.glued && !token?.glued)) return false;
  }
  if (short.exact === null) return true;
  const last = tokens[at + parts.length - 1] as Token;
  return original.slice(tokens[at]?.start, last.end) === short.exact;
}

type Letter = { at: number; sign: string | null };

/** Replaces groups such as "V+", "-D", "V/D/C/S", "no V or D" by the words, each with its sign. */
function spellSigns(shorthand: Shorthand, tokens: Token[]): Token[] {
  if (!tokens.some((t) => t.text.length === 1 && shorthand.signs.has(t.text))) return tokens;
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const group = readGroup(shorthand, tokens, i);
    if (!group || !isShorthand(group, tokens, i)) {
      out.push(tokens[i] as Token);
      i++;
      continue;
    }
    group.letters.forEach((letter, k) => {
      const { start, end, glued, text } = tokens[letter.at] as Token;
      if (k > 0) out.push(standIn(group.joint, start, start, true));
      pushAt(out, shorthand.signs.get(text) ?? [], start, end, glued && k > 0);
      if (letter.sign)
        out.push({
          ...standIn(letter.sign, end, end, true),
          key: letter.sign === PLUS ? 'positiv' : 'negativ',
        });
    });
    i = group.end;
  }
  return out;
}

type Group = { letters: Letter[]; end: number; joint: string; separators: string[] };

const SEPARATORS = new Set(['/', '&', ',', 'and', 'or', '+', PLUS]);

function readGroup({ signs }: Shorthand, tokens: Token[], from: number): Group | null {
  const isLetter = (t: Token | undefined) => t !== undefined && t.text.length === 1 && signs.has(t.text);
  // The d of "x3d" counts days.
  if (tokens[from]?.glued && tokens[from - 1]?.kind === 'number') return null;
  let at = from;
  const prefix = prefixSign(tokens, at);
  if (prefix) at++;
  if (!isLetter(tokens[at])) return null;
  const letters: Letter[] = [];
  const separators: string[] = [];
  for (;;) {
    const letter: Letter = { at, sign: prefix };
    letters.push(letter);
    at++;
    const mark = tokens[at];
    if (mark && (mark.text === PLUS || mark.text === MINUS)) {
      letter.sign = mark.text;
      at++;
    } else if (mark?.glued && /^-+$/.test(mark.text) && isLetter(tokens[at + 1])) {
      letter.sign = MINUS;
      at++;
    }
    const separator = tokens[at];
    if (isLetter(separator) && separator?.glued && letter.sign) continue;
    if (!separator || !SEPARATORS.has(separator.text) || !isLetter(tokens[at + 1])) break;
    // In "-V +D" the plus is the sign of the next letter.
    if (separator.text === '+' && !separator.glued) break;
    separators.push(separator.text);
    at++;
  }
  spreadSign(letters, separators);
  const joint = separators.includes(',') ? ',' : '/';
  return { letters, end: at, joint, separators };
}

/** "V/D-" and "V/D +" mean every letter. */
function spreadSign(letters: Letter[], separators: string[]): void {
  const last = letters.at(-1)?.sign ?? null;
  const plainBefore = letters.slice(0, -1).every((l) => l.sign === null);
  if (last && plainBefore && separators.every((s) => s === '/')) for (const l of letters) l.sign = last;
}

function prefixSign(tokens: Token[], at: number): string | null {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (!token || token.glued || !next?.glued) return null;
  if (/^\++$/.test(token.text)) return PLUS;
  return /^-+$/.test(token.text) ? MINUS : null;
}

const ASKED = new Set(['no', 'not', 'without', 'denies', 'for', 'nil', 'of']);

/** A single bare letter is shorthand only behind "no" or before a duration; a bare pair must hold V or D. */
function isShorthand(group: Group, tokens: Token[], from: number): boolean {
  const { letters, separators } = group;
  if (letters.some((l) => l.sign !== null)) return true;
  const typed = letters.map((l) => tokens[l.at] as Token);
  const asked = ASKED.has(tokens[from - 1]?.text ?? '');
  const timed = tokens[group.end]?.text === 'x' && tokens[group.end + 1]?.kind === 'number';
  if (letters.length === 1) return (typed[0] as Token).upper && (asked || timed);
  const core = typed.some((t) => t.text === 'v' || t.text === 'd');
  const tight = separators.every((s) => s === '/' || s === '&');
  return (
    (core && (tight || typed.every((t) => t.upper))) ||
    (asked && typed.every((t) => t.upper)) ||
    letters.length > 2
  );
}
