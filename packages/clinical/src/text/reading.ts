/** One text box read sentence by sentence: findings, statements of health, numbers, each with its assertion. */
import type { Animal } from '../animals.ts';
import type { Field } from '../types.ts';
import { spellOut } from './abbreviations.ts';
import { type Reading, readAssertions } from './assertion.ts';
import { chooseMatches } from './choose.ts';
import { readDipstick } from './dipstick.ts';
import { isLongAgo, readDurations, readPastTimes } from './durations.ts';
import { readFluids } from './fluids.ts';
import type { Section } from './headings.ts';
import { findPhrases, type Match } from './match.ts';
import { readMeasures } from './measure.ts';
import type { Meaning, TextModel } from './model.ts';
import type { Named, NumberRead, WordRead } from './named.ts';
import { normalise } from './normalise.ts';
import { refine } from './refine.ts';
import type { Span } from './scope.ts';
import { type Sentence, segment } from './segment.ts';
import { type Token, tokenise } from './tokens.ts';
import { BARRIERS, ENGLISH, PORTUGUESE, STOP_WORDS } from './words.ts';

/** Something said in a sentence, with its assertion. */
export type Statement = { from: number; to: number; reading: Reading; longAgo?: true } & (
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

/**
 * Reads a text box. Text under a plan heading yields no statements. Findings that `animals` cannot have are not
 * looked for, so that a more general phrase is read instead; null for every animal.
 */
export function readField(
  model: TextModel,
  original: string,
  field: Field,
  animals: readonly Animal[] | null,
): FieldReading {
  const tokens = readTokens(model, original);
  const section: Section = field === 'labs' ? 'labs' : 'none';
  const majority = isPortuguese(tokens, false);
  const sentences = segment(tokens, original, section, majority).map((sentence) => ({
    ...sentence,
    tokens: spellOut(model.shorthand, sentence.tokens, original, sentence.section),
  }));
  const readings = sentences.map((sentence, i) =>
    readSentence(
      { model, animals, portuguese: isPortuguese(sentence.tokens, majority) },
      sentence,
      sentences[i + 1]?.tokens ?? null,
    ),
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

type Reader = { model: TextModel; animals: readonly Animal[] | null; portuguese: boolean };

function readSentence(reader: Reader, sentence: Sentence, answer: Token[] | null): SentenceReading {
  const { model, portuguese } = reader;
  const { tokens, section } = sentence;
  const used = new Uint8Array(tokens.length);
  const base = { tokens, section, used, portuguese, sentence };
  if (section === 'plan') return { ...base, statements: [] };
  const { drafts, taken } = draftSentence(reader, sentence);
  const { readings, triggers } = readAssertions(sentence, drafts, taken, portuguese, answer);
  const statements: Statement[] = [];
  const times = readPastTimes(tokens);
  drafts.forEach((draft, i) => {
    const reading = readings[i] as Reading;
    if (reading === 'ignored') return;
    used.fill(1, draft.from, draft.to + 1);
    const past = times.length > 0 && isLongAgo(tokens, times, draft.from, draft.to);
    for (const made of draft.make(reading)) statements.push(past ? { ...made, longAgo: true } : made);
  });
  for (const { from, to } of triggers) used.fill(1, from, to + 1);
  statements.push(...courseOf(model, tokens, statements, used));
  return { ...base, statements };
}

/** What a sentence says, before it is known whether it affirms or denies it. */
function draftSentence(reader: Reader, sentence: Sentence): { drafts: Draft[]; taken: Uint8Array } {
  const { model } = reader;
  const { tokens } = sentence;
  const taken = new Uint8Array(tokens.length);
  const drafts: Draft[] = [];
  const dipstick = readDipstick(model.dipstick, tokens);
  for (const { from, to, finding, grade } of dipstick) {
    taken.fill(1, from, to + 1);
    const polarity = grade === 'negative' ? 'absent' : 'present';
    const state = (reading: Reading): Statement => ({
      type: 'finding',
      id: finding,
      polarity,
      from,
      to,
      reading: grade === 'trace' ? 'possible' : reading,
    });
    drafts.push({ from, to, negative: false, make: (reading) => [state(reading)] });
  }
  const matches = chooseMatches(possibleMatches(reader, tokens), tokens.length).filter(
    (match, _, all) =>
      !dipstick.some((d) => match.from <= d.to && match.to >= d.from) && !isMisleading(match, all, tokens),
  );
  const meant = readFluids(model.fluids, tokens);
  const named = matches.flatMap(nameOf).flatMap((name) => {
    const analytes = name.analytes.flatMap((analyte) => meant(name.from, analyte) ?? []);
    return analytes.length > 0 ? [{ ...name, analytes }] : [];
  });
  // "ureia 180": a number makes it the analyte, although the same word is a finding too.
  const places = new Set(named.map((n) => n.from));
  const plain = matches.filter((m) => nameOf(m).length === 0);
  for (const match of plain) if (!places.has(match.from)) drafts.push(draftMatch(match, taken));
  const byFinding = plain.flatMap((match) => namedByFinding(model, match));
  const names = [...named, ...byFinding].sort((a, b) => a.from - b.from);
  drafts.push(...draftMeasures(model, sentence, names, taken));
  for (const match of plain)
    if (places.has(match.from) && taken[match.from] === 0) drafts.push(draftMatch(match, taken));
  drafts.sort((a, b) => a.from - b.from || a.to - b.to);
  return { drafts, taken };
}

const ATTRIBUTIVE = /^(?:weak|quiet|dull|pale|thin|stiff|hard|soft|cold|hot)$/;

/**
 * "weak heart sounds" is no weakness: the adjective belongs to a noun that was not understood. "heart rate normal"
 * speaks of the rate, not of the heart.
 */
function isMisleading(match: Match<Meaning>, all: Match<Meaning>[], tokens: Token[]): boolean {
  const { from, to } = match;
  if (match.phrase.meaning.type === 'normal')
    return all.some((m) => m.phrase.meaning.type === 'analyte' && m.from <= to && from <= m.to);
  const next = tokens[to + 1];
  if (from !== to || next?.kind !== 'word' || !ATTRIBUTIVE.test((tokens[from] as Token).text)) return false;
  if (STOP_WORDS.has(next.text) || BARRIERS.has(next.text)) return false;
  return !all.some((m) => m.positions.includes(to + 1));
}

function possibleMatches({ model, animals, portuguese }: Reader, tokens: Token[]): Match<Meaning>[] {
  const found = findPhrases(model.lexicon, tokens, portuguese);
  if (animals === null) return found;
  return found.filter(({ phrase: { meaning } }) => {
    const species = meaning.type === 'finding' ? model.findings[meaning.id]?.species : undefined;
    return species === undefined || species.some((animal) => animals.includes(animal));
  });
}

/** What the durations of a sentence say of the course of what it states: "vomiting for 3 days" is acute. */
function courseOf(model: TextModel, tokens: Token[], statements: Statement[], used: Uint8Array): Statement[] {
  const out: Statement[] = [];
  let next = 0;
  for (const { from, to, days } of readDurations(tokens)) {
    while (next < statements.length && (statements[next] as Statement).to < from) next++;
    const before = statements[next - 1] ?? statements[next];
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

function draftMatch({ phrase, positions, from, to, denied }: Match<Meaning>, taken: Uint8Array): Draft {
  const { meaning, negative } = phrase;
  if (denied) taken.fill(1, from, to + 1);
  for (const at of positions) taken[at] = 1;
  const state = (read: Reading): Statement[] => {
    const reading = denied && read === 'present' ? 'absent' : read;
    if (meaning.type === 'normal') return [{ type: 'normal', deny: meaning.deny, from, to, reading }];
    if (meaning.type !== 'finding') return [];
    return [{ type: 'finding', id: meaning.id, polarity: meaning.polarity, from, to, reading }];
  };
  return { from, to, negative, health: meaning.type === 'normal', make: state };
}

/** A finding over an analyte may be followed by the number: "thrombocytopenia (95 x 10^9/L)". */
function namedByFinding(model: TextModel, { phrase: { meaning }, from, to }: Match<Meaning>): Named[] {
  const analyte = meaning.type === 'finding' ? model.findings[meaning.id]?.lab?.analyte : undefined;
  return analyte === undefined ? [] : [{ analytes: [analyte], from, to, byFinding: true }];
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
