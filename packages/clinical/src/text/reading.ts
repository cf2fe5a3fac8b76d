/** One text box read sentence by sentence: findings, statements of health, numbers, each with its assertion. */
import type { Field } from '../types.ts';
import { spellOut } from './abbreviations.ts';
import { type Reading, readAssertions } from './assertion.ts';
import { readDipstick } from './dipstick.ts';
import { readDurations } from './durations.ts';
import type { Section } from './headings.ts';
import { chooseMatches, findPhrases, type Match } from './lexicon.ts';
import { type Named, type NumberRead, readMeasures, type WordRead } from './measure.ts';
import type { Meaning, TextModel } from './model.ts';
import { normalise } from './normalise.ts';
import { refine } from './refine.ts';
import type { Span } from './scope.ts';
import { type Sentence, segment } from './segment.ts';
import { type Token, tokenise } from './tokens.ts';
import { ENGLISH, PORTUGUESE } from './words.ts';

/** Something said in a sentence, with its assertion. */
export type Statement = { from: number; to: number; reading: Reading } & (
  | { type: 'finding'; id: string; polarity: 'present' | 'absent' }
  | { type: 'normal'; deny: string[] }
  | { type: 'number'; read: NumberRead }
  | { type: 'word'; read: WordRead }
);

export type SentenceReading = {
  tokens: Token[];
  section: Section;
  statements: Statement[];
  /** Tokens that were understood. */
  used: Uint8Array;
  portuguese: boolean;
  sentence: Sentence;
};

export type FieldReading = { field: Field; original: string; tokens: Token[]; sentences: SentenceReading[] };

/** Tokens of a text as the engine compares them. */
export function readTokens(model: TextModel, original: string): Token[] {
  return refine(tokenise(normalise(original), original, model.mixed), model.same);
}

/** Reads a text box. Text under a plan heading yields no statements. */
export function readField(model: TextModel, original: string, field: Field): FieldReading {
  const tokens = readTokens(model, original);
  const section: Section = field === 'labs' ? 'labs' : 'none';
  const sentences = segment(tokens, original, section).map((sentence) => ({
    ...sentence,
    tokens: spellOut(model.shorthand, sentence.tokens, original, sentence.section),
  }));
  const majority = isPortuguese(tokens, false);
  const readings = sentences.map((sentence, i) =>
    readSentence(model, sentence, isPortuguese(sentence.tokens, majority), sentences[i + 1]?.tokens ?? null),
  );
  return { field, original, tokens, sentences: readings };
}

/** Whether a text is Portuguese rather than English; `fallback` when it does not say. */
function isPortuguese(tokens: Token[], fallback: boolean): boolean {
  let score = 0;
  for (const { text } of tokens) {
    if (PORTUGUESE.has(text)) score++;
    if (ENGLISH.has(text)) score--;
  }
  return score === 0 ? fallback : score > 0;
}

function readSentence(
  model: TextModel,
  sentence: Sentence,
  portuguese: boolean,
  answer: Token[] | null,
): SentenceReading {
  const { tokens, section } = sentence;
  const used = new Uint8Array(tokens.length);
  const base = { tokens, section, used, portuguese, sentence };
  if (section === 'plan') return { ...base, statements: [] };
  const dipstick = readDipstick(model.dipstick, tokens);
  const matches = chooseMatches(findPhrases(model.lexicon, tokens, portuguese), tokens.length).filter(
    (m) => !dipstick.some((d) => m.from <= d.to && m.to >= d.from),
  );
  const taken = new Uint8Array(tokens.length);
  const drafts: Draft[] = [];
  for (const { from, to, finding, grade } of dipstick) {
    taken.fill(1, from, to + 1);
    const polarity = grade === 'negative' ? 'absent' : 'present';
    drafts.push({
      from,
      to,
      negative: false,
      make: (r) => [
        { type: 'finding', id: finding, polarity, from, to, reading: grade === 'trace' ? 'possible' : r },
      ],
    });
  }
  for (const match of matches) drafts.push(...draftMatch(match, taken));
  const named = matches.flatMap(nameOf).filter((n) => taken[n.from] === 0);
  drafts.push(...draftMeasures(model, sentence, named, taken));
  drafts.sort((a, b) => a.from - b.from || a.to - b.to);
  const { readings, triggers } = readAssertions(sentence, drafts as Span[], taken, portuguese, answer);
  const statements: Statement[] = [];
  drafts.forEach((draft, i) => {
    const reading = readings[i] as Reading;
    if (reading === 'ignored') return;
    used.fill(1, draft.from, draft.to + 1);
    statements.push(...draft.make(reading));
  });
  for (const { from, to } of triggers) used.fill(1, from, to + 1);
  statements.push(...courseOf(model, tokens, statements, used));
  return { ...base, statements };
}

/** What the durations of a sentence say of the course of what it states: "vomiting for 3 days" is acute. */
function courseOf(model: TextModel, tokens: Token[], statements: Statement[], used: Uint8Array): Statement[] {
  const out: Statement[] = [];
  for (const { from, to, days } of readDurations(tokens)) {
    const before = statements.findLast((s) => s.to < from) ?? statements.find((s) => s.from > to);
    used.fill(1, from, to + 1);
    const id = model.durations.find((d) => days <= d.upToDays)?.finding;
    if (id === undefined || (before && before.reading !== 'present' && before.reading !== 'possible'))
      continue;
    out.push({ type: 'finding', id, polarity: 'present', from, to, reading: 'present' });
  }
  return out;
}

/** A statement whose assertion is not known yet. */
type Draft = Span & { make: (reading: Reading) => Statement[] };

function draftMatch({ phrase, positions, from, to, denied }: Match<Meaning>, taken: Uint8Array): Draft[] {
  const { meaning, negative } = phrase;
  if (meaning.type === 'analyte' || meaning.type === 'panel') return [];
  if (denied) taken.fill(1, from, to + 1);
  for (const at of positions) taken[at] = 1;
  const state = (read: Reading): Statement => {
    const reading = denied && read === 'present' ? 'absent' : read;
    if (meaning.type === 'normal') return { type: 'normal', deny: meaning.deny, from, to, reading };
    return { type: 'finding', id: meaning.id, polarity: meaning.polarity, from, to, reading };
  };
  return [{ from, to, negative, make: (reading) => [state(reading)] }];
}

function nameOf({ phrase: { meaning }, from, to }: Match<Meaning>): Named[] {
  if (meaning.type === 'analyte') return [{ analytes: [meaning.id], from, to }];
  return meaning.type === 'panel' ? [{ analytes: meaning.analytes, from, to }] : [];
}

function draftMeasures(
  model: TextModel,
  { tokens, section }: Sentence,
  named: Named[],
  taken: Uint8Array,
): Draft[] {
  const labs = section === 'labs';
  const { numbers, words } = readMeasures({ model, tokens, labs, taken }, named);
  const drafts: Draft[] = [];
  for (const read of numbers) {
    const to = Math.max(read.to, read.typed.to);
    taken.fill(1, read.from, to + 1);
    drafts.push({
      from: read.from,
      to,
      negative: false,
      make: (reading) => [{ type: 'number', read, from: read.from, to, reading }],
    });
  }
  for (const read of words) {
    if (read.analytes.length > 1 && read.direction !== 'normal') continue;
    taken.fill(1, read.words[0], read.words[1] + 1);
    taken.fill(1, read.from, read.to + 1);
    const from = read.words[1] === read.from - 1 ? read.words[0] : read.from;
    const to = read.words[0] === read.to + 1 ? read.words[1] : read.to;
    drafts.push({
      from,
      to,
      negative: false,
      make: (reading) => [{ type: 'word', read, from, to, reading }],
    });
  }
  return drafts;
}
