/** What the engine did not understand, as stretches of words with clinical content. */
import type { UnusedText } from '../types.ts';
import type { FieldReading } from './reading.ts';
import type { Token } from './tokens.ts';
import { COORDINATORS, STOP_WORDS } from './words.ts';

/** Unused stretches of a text box. `known` are original offsets of tokens that told the signalment. */
export function findUnused(box: FieldReading, known: ReadonlySet<number>): UnusedText[] {
  const out: UnusedText[] = [];
  for (const { tokens, used } of box.sentences) {
    let stretch: Token[] = [];
    const close = () => {
      const trimmed = trim(stretch);
      stretch = [];
      const [first, last] = [trimmed[0], trimmed.at(-1)];
      if (!first || !last) return;
      const { start } = first;
      out.push({ text: box.original.slice(start, last.end), start, end: last.end, field: box.field });
    };
    tokens.forEach((token, at) => {
      const breaks = token.kind === 'symbol' && !/^['"°%+-]$|^\/$/.test(token.text);
      if (used[at] === 1 || known.has(token.start) || breaks || COORDINATORS.has(token.text)) close();
      else stretch.push(token);
    });
    close();
  }
  return out;
}

function trim(stretch: Token[]): Token[] {
  const isContent = (t: Token) => t.kind === 'word' && t.text.length > 1 && !STOP_WORDS.has(t.text);
  const from = stretch.findIndex(isContent);
  return from < 0 ? [] : stretch.slice(from, stretch.findLastIndex(isContent) + 1);
}
