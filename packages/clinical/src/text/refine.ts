/** Small repairs of the token stream that phrases and notes both pass through. */
import { standIn, type Token } from './tokens.ts';

/** Immediately after a word: a sign that says it is there, or that it is not. */
export const PLUS = '(+)';
export const MINUS = '(-)';

/**
 * Drops hyphens inside words, splits "non..." from its word, and reads +, ++, -, (+), -ve behind a word as PLUS and
 * MINUS. Words get their canonical stem through `same`.
 */
export function refine(tokens: Token[], same: ReadonlyMap<string, string>): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const mark = readMark(tokens, i);
    if (mark) {
      out.push(mark.token);
      i += mark.length - 1;
    } else if (!isHyphen(tokens, i)) out.push(...splitNon(token, same));
  }
  return out;
}

function isHyphen(tokens: Token[], at: number): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token?.text !== '-' || !before || !next || !token.glued || !next.glued) return false;
  // "V-D-" are two signs, not one word.
  if (before.text.length === 1 && next.text.length === 1 && next.kind === 'word') return false;
  const wordlike = (t: Token) => t.kind === 'word' || t.kind === 'number';
  return wordlike(before) && wordlike(next) && (before.kind === 'word' || next.kind === 'word');
}

function readMark(tokens: Token[], at: number): { token: Token; length: number } | null {
  const before = tokens[at - 1];
  const token = tokens[at] as Token;
  if (token.kind !== 'symbol') return null;
  const make = (sign: string, length: number) => {
    const last = tokens[at + length - 1] as Token;
    const text = sign[0] === '+' ? PLUS : MINUS;
    return {
      token: { ...standIn(text, token.start, last.end, token.glued), key: MARK_KEYS[text] as string },
      length,
    };
  };
  if (token.text === '(' && /^[+-]+$/.test(tokens[at + 1]?.text ?? '') && tokens[at + 2]?.text === ')')
    return make((tokens[at + 1] as Token).text, 3);
  if (!/^[+-]+$/.test(token.text)) return null;
  const next = tokens[at + 1];
  if (next?.glued && /^(?:ve|tive|ves)$/.test(next.text)) return make(token.text, 2);
  if (before?.kind !== 'word' || before.text === 'x') return null;
  const closed = next === undefined || next.kind === 'newline' || /^[,;.)/:|(]$/.test(next.text);
  if (token.glued ? closed || !next.glued : closed && next?.text !== '(' && next !== undefined)
    return make(token.text, 1);
  return null;
}

const MARK_KEYS: Record<string, string> = { [PLUS]: 'positiv', [MINUS]: 'negativ' };

function splitNon(token: Token, same: ReadonlyMap<string, string>): Token[] {
  const canonical = (t: Token) => {
    const key = same.get(t.key);
    return key === undefined ? t : { ...t, key };
  };
  if (token.kind !== 'word') return [token];
  const { text, start, end } = token;
  const split = /^non[a-z]{6,}$/.test(text) && end - start === text.length;
  if (!split) return [canonical(token)];
  const non = standIn('non', start, start + 3, token.glued);
  return [non, canonical(standIn(text.slice(3), start + 3, end, true))];
}
