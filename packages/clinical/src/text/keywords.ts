/** Keywords of a clinic's protocol, looked for in a case with the same understanding as findings. */
import type { CaseInput, ExtractedFinding, Extraction, Signalment } from '../types.ts';
import { stageOf } from './age.ts';
import { type Reading, readAssertions } from './assertion.ts';
import { animalsOf, findBreeds } from './breeds.ts';
import { chooseMatches } from './choose.ts';
import { ancestors, findingsOfWord } from './degrees.ts';
import { effectiveFindings } from './effective.ts';
import { extract } from './extract.ts';
import { compileLexicon, type Lexicon } from './lexicon.ts';
import { findPhrases } from './match.ts';
import type { TextModel } from './model.ts';
import { type FieldReading, readField, readTokens, type SentenceReading, type Statement } from './reading.ts';
import type { Span } from './scope.ts';
import { readSex } from './sex.ts';
import { type Threshold, thresholdsOf } from './thresholds.ts';
import { FUNCTION_WORDS } from './words.ts';

/** What the case says of one keyword; `text` are the source words. */
export type KeywordState = { state: 'present' | 'absent' | 'unmentioned'; text: string };

export type KeywordMatcher = {
  /** Answers for every keyword, in their order. `extraction` saves reading the case twice. */
  match: (input: CaseInput, extraction?: Extraction) => KeywordState[];
  /** Of each keyword, what makes its meaning doubtful, as the end of a sentence; null mostly. */
  doubts: (string | null)[];
};

/** How a keyword is recognised. A keyword that is itself a denial ("no cough") holds when the finding is absent. */
type Plan =
  | { by: 'finding'; ids: Set<string>; roots: string[]; denied: boolean }
  | { by: 'measurement'; number: Threshold['number']; threshold: Threshold | null }
  | { by: 'signalment'; holds: (s: Signalment) => boolean | null }
  | { by: 'words' };

const UNMENTIONED: KeywordState = { state: 'unmentioned', text: '' };

/** Prepares keywords: findings (and their children) where the vocabulary knows them, else signalment, else their words. */
export function compileKeywords(model: TextModel, keywords: readonly string[]): KeywordMatcher {
  const plans = keywords.map((keyword) => planFor(model, keyword));
  setThresholds(model, plans);
  const literal = compileLexicon(
    plans.flatMap((plan, index) =>
      plan.by === 'words' ? [{ tokens: wordsOf(model, keywords[index] as string), meaning: index }] : [],
    ),
  );
  return {
    doubts: plans.map((plan, index) =>
      plan.by === 'measurement' ? (plan.threshold?.doubt(keywords[index] as string) ?? null) : null,
    ),
    match: (input, extraction) => {
      const read = extraction ?? extract(model, input);
      const effective = effectiveFindings(read.findings);
      const words = findWords(model, literal, input);
      return plans.map(
        (plan, index) => stateOf(model, plan, read, effective) ?? words.get(index) ?? UNMENTIONED,
      );
    },
  };
}

function wordsOf(model: TextModel, keyword: string) {
  return readField(model, keyword, 'signs', null).sentences.flatMap((s) => s.tokens);
}

function planFor(model: TextModel, keyword: string): Plan {
  const box = readField(model, keyword, 'signs', null);
  return planByMeaning(model, box) ?? planBySignalment(model, keyword) ?? { by: 'words' };
}

/** A keyword that the vocabulary understands whole. */
function planByMeaning(model: TextModel, { sentences }: FieldReading): Plan | null {
  const whole = sentences.every(({ tokens, used }) =>
    tokens.every((t, i) => used[i] === 1 || t.kind === 'symbol' || FUNCTION_WORDS.has(t.text)),
  );
  const statements = sentences.flatMap((s) => s.statements);
  if (!whole || statements.length === 0) return null;
  const [first] = statements;
  if (first?.type === 'number' && statements.length === 1) return planByNumber(model, first);
  const roots = statements.flatMap((s) => findingsOf(model, s));
  if (roots.length === 0) return null;
  const denied = statements.every(
    (s) => s.reading === 'absent' || (s.type === 'finding' && s.polarity === 'absent'),
  );
  const ids = new Set(roots);
  for (const root of roots) for (const id of model.descendants.get(root) ?? []) ids.add(id);
  return { by: 'finding', ids, roots, denied };
}

function findingsOf(model: TextModel, statement: Statement): string[] {
  if (statement.type === 'finding') return [statement.id];
  if (statement.type !== 'word') return [];
  const { analytes, direction, degree } = statement.read;
  if (direction === 'normal') return [];
  return analytes.flatMap((a) => findingsOfWord(model, a, direction, degree, false).present);
}

/** "PCV < 20", "T >39.5": compared with the measurement. */
function planByNumber(model: TextModel, { read }: Extract<Statement, { type: 'number' }>): Plan | null {
  const { operator } = read.typed;
  if (!operator || !model.analytes[read.analyte]) return null;
  return { by: 'measurement', number: { ...read, operator }, threshold: null };
}

/** Only all numbers of a protocol together tell the units that it is written in. */
function setThresholds(model: TextModel, plans: readonly Plan[]): void {
  const measured = plans.filter((plan) => plan.by === 'measurement');
  const thresholds = thresholdsOf(
    model,
    measured.map((plan) => plan.number),
  );
  measured.forEach((plan, i) => {
    plan.threshold = thresholds[i] ?? null;
  });
}

const GROUP_WORDS = /^(?:breed|breeds|dog|dogs|cat|cats)$/;

function planBySignalment(model: TextModel, keyword: string): Plan | null {
  const tokens = readTokens(model, keyword);
  const species = (['dog', 'cat', 'horse', 'cow', 'rabbit', 'bird', 'exotic', 'other'] as const).flatMap(
    animalsOf,
  );
  const [breed] = findBreeds(model.breeds, tokens, species).filter(
    (m) => m.to - m.from + 1 === tokens.length,
  );
  if (breed) {
    const { breed: id, animal } = breed.phrase.meaning;
    if (id === null)
      return { by: 'signalment', holds: (s) => (s.resolved ? s.animals.includes(animal) : null) };
    return { by: 'signalment', holds: (s) => (s.breedId === null ? null : s.breedId === id) };
  }
  const group = tokens
    .filter((t) => !GROUP_WORDS.test(t.text))
    .map((t) => t.text)
    .join('_');
  if (Object.values(model.breeds.breeds).some((b) => b.groups.includes(group)))
    return { by: 'signalment', holds: (s) => (s.breedId === null ? null : s.breedGroups.includes(group)) };
  const { sex, used } = readSex(tokens, 'dog', new Set(tokens));
  if (sex && used.length === tokens.length) {
    const exact =
      tokens.length > 1 || sex.length > 1 || /^(?:intact|entire|me|fe)$/.test(tokens[0]?.text ?? '');
    return {
      by: 'signalment',
      holds: (s) => (s.sex === null ? null : exact ? s.sex === sex : s.sex[0] === sex[0]),
    };
  }
  if (tokens.length === 1) {
    const stage = stageOf(tokens, 'dog');
    if (stage !== null && stage < 1)
      return { by: 'signalment', holds: (s) => (s.ageYears === null ? null : s.ageYears < 1) };
    if (stage === stageOf(readTokens(model, 'geriatric'), 'dog'))
      return { by: 'signalment', holds: (s) => (s.ageYears === null ? null : s.ageYears >= 8) };
  }
  return null;
}

function stateOf(
  model: TextModel,
  plan: Plan,
  { signalment, measurements }: Extraction,
  effective: Map<string, ExtractedFinding>,
): KeywordState | null {
  switch (plan.by) {
    case 'words':
      return null;
    case 'signalment': {
      const holds = plan.holds(signalment);
      if (holds === null) return UNMENTIONED;
      return { state: holds ? 'present' : 'absent', text: '' };
    }
    case 'measurement': {
      const { analyte, operator } = plan.number;
      const found = measurements.findLast((m) => m.analyte === analyte && m.query === undefined);
      const limit = plan.threshold?.valueFor(signalment) ?? Number.NaN;
      if (!found || Number.isNaN(limit)) return UNMENTIONED;
      const holds = operator === '<' ? found.value < limit : found.value > limit;
      return {
        state: holds ? 'present' : 'absent',
        text: `${found.label} ${found.value} ${found.unit}`.trim(),
      };
    }
    case 'finding':
      return findingState(model, plan, effective);
  }
}

function findingState(
  model: TextModel,
  { ids, roots, denied }: Extract<Plan, { by: 'finding' }>,
  effective: Map<string, ExtractedFinding>,
): KeywordState {
  const words = (f: ExtractedFinding) => f.text || f.label;
  for (const [id, finding] of effective) {
    if (ids.has(id) && (finding.assertion === 'present' || finding.assertion === 'possible'))
      return { state: denied ? 'absent' : 'present', text: words(finding) };
  }
  for (const root of roots) {
    for (const id of [root, ...ancestors(model, root)]) {
      const finding = effective.get(id);
      if (finding?.assertion === 'absent')
        return { state: denied ? 'present' : 'absent', text: words(finding) };
    }
  }
  return UNMENTIONED;
}

/** Keywords that the vocabulary does not know, found by their words, boundaries and negation included. */
function findWords(model: TextModel, literal: Lexicon<number>, input: CaseInput): Map<number, KeywordState> {
  const states = new Map<number, KeywordState>();
  if (literal.known.size === 0) return states;
  const boxes = [readField(model, input.clinicalSigns, 'signs', null)];
  if (input.labFindings) boxes.push(readField(model, input.labFindings, 'labs', null));
  for (const box of boxes) {
    for (const sentence of box.sentences) {
      for (const { index, reading, start, end } of wordsIn(literal, sentence)) {
        const state =
          reading === 'present' || reading === 'possible'
            ? 'present'
            : reading === 'absent'
              ? 'absent'
              : null;
        if (state === null || states.get(index)?.state === 'present') continue;
        states.set(index, { state, text: box.original.slice(start, end) });
      }
    }
  }
  return states;
}

type WordHit = { index: number; reading: Reading; start: number; end: number };

function wordsIn(
  literal: Lexicon<number>,
  { tokens, section, sentence, portuguese, statements }: SentenceReading,
): WordHit[] {
  if (section === 'plan') return [];
  const found = findPhrases(literal, tokens, portuguese).filter((m) => !m.shared);
  if (found.length === 0) return [];
  const taken = new Uint8Array(tokens.length);
  const matches = bestByKeyword(found, tokens.length);
  for (const { positions } of matches) for (const p of positions) taken[p] = 1;
  const own = matches.map((match) => ({ ...match, negative: match.phrase.negative }));
  const others: Span[] = statements.map(({ from, to }) => ({ from, to, negative: false }));
  const spans: Span[] = [...others, ...own].sort((a, b) => a.from - b.from);
  const { readings } = readAssertions(sentence, spans, taken, portuguese, null);
  return own.map((match) => {
    const read = readings[spans.indexOf(match)] ?? 'present';
    const reading = match.denied && read === 'present' ? 'absent' : read;
    return {
      index: match.phrase.meaning,
      reading,
      start: tokens[match.from]?.start ?? 0,
      end: tokens[match.to]?.end ?? 0,
    };
  });
}

/** Keywords do not compete for words: "pain" and "neck pain" are both there. */
function bestByKeyword(found: ReturnType<typeof findPhrases<number>>, length: number) {
  const byKeyword = Map.groupBy(found, (m) => m.phrase.meaning);
  return [...byKeyword.values()].flatMap((matches) => chooseMatches(matches, length));
}
