/** What every case search indexes and looks for: words without accents and case, and tags that no word equals. */

const MAX_WORDS = 12;
/** Longer words are cut alike when indexed and when looked for. */
const MAX_WORD_LENGTH = 64;

/** Words as they are compared. */
export function words(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.match(/[\p{L}\p{N}]+/gu)?.map((word) => word.slice(0, MAX_WORD_LENGTH).toWellFormed()) ?? [];
}

/** The first words of a query, each once; none finds nothing. */
export const wantedWords = (text: string): string[] => [...new Set(words(text).slice(0, MAX_WORDS))];

/** One term for a tag, with a sign that no word has. */
export const tagTerm = (tag: string): string =>
  `§${tag.toLowerCase().replaceAll(':', '§').replaceAll('-', '')}`;
