/** Whether each finding of a sentence is present, absent, possible, past, hypothetical or another animal's. */
import type { Assertion } from '../types.ts';
import {
  backwardTargets,
  type Clause,
  clauseTargets,
  firstFrom,
  forwardEnd,
  marked,
  type Span,
  TIME_WORDS,
} from './scope.ts';
import type { Sentence } from './segment.ts';
import type { Token } from './tokens.ts';
import { findTriggers, type Mood, type Trigger } from './triggers.ts';

/** `ignored` is no finding: vaccinated for, tested for, treated for. */
export type Reading = Assertion | 'ignored';

/** The strongest mood wins, in this order. */
const ORDER: [Mood, Reading][] = [
  ['ignored', 'ignored'],
  ['other_animal', 'other_animal'],
  ['hypothetical', 'hypothetical'],
  ['negated', 'absent'],
  ['historical', 'historical'],
  ['possible', 'possible'],
];

export type Asserted = { readings: Reading[]; triggers: Trigger[] };

/**
 * Reads the assertion of every span of a sentence; spans come sorted by their start. `taken` marks the tokens that belong to findings; `answer` is the
 * sentence after a question ("Vomiting? No.").
 */
export function readAssertions(
  sentence: Sentence,
  spans: Span[],
  taken: Uint8Array,
  portuguese: boolean,
  answer: Token[] | null,
): Asserted {
  const clause = makeClause(sentence.tokens, spans, taken, portuguese);
  // One phrase may mean several findings: same place, same moods.
  const moods = new Map(spans.map((span) => [placeOf(span), new Set<Mood>()]));
  const add = (span: Span, mood: Mood) => moods.get(placeOf(span))?.add(mood);
  for (const trigger of clause.triggers) applyTrigger(clause, trigger, add);
  sentence.tokens.forEach((_, at) => {
    const span = marked(clause, at);
    if (span && taken[at] === 0) add(span, 'negated');
  });
  const last = spans.at(-1);
  if (last && sentence.question && last.to === sentence.tokens.length - 1) {
    const alone = answer?.[1] === undefined || answer[1].kind === 'symbol';
    const said = alone ? (answer?.[0]?.text ?? '') : '';
    if (/^(?:no|none|nil|nope|n|nao|negative|denied)$/.test(said)) add(last, 'negated');
    else if (!/^(?:yes|y|sim|present)$/.test(said)) add(last, 'possible');
  }
  if (sentence.mood !== 'stated') for (const span of spans) add(span, sentence.mood);
  const readings = spans.map((span): Reading => {
    const own = moods.get(placeOf(span));
    return ORDER.find(([mood]) => own?.has(mood))?.[1] ?? 'present';
  });
  return { readings, triggers: clause.triggers };
}

const placeOf = ({ from, to }: Span) => from * 100_000 + to;

function applyTrigger(clause: Clause, trigger: Trigger, add: (span: Span, mood: Mood) => void): void {
  const { mood, reach } = trigger;
  if (reach === 'backward') for (const span of backwardTargets(clause, trigger)) add(span, mood);
  if (reach === 'clause') for (const span of clauseTargets(clause, trigger)) add(span, mood);
  if (reach !== 'forward') return;
  const end = forwardEnd(clause, trigger);
  for (let i = firstFrom(clause.spans, trigger.to + 1); i < clause.spans.length; i++) {
    const span = clause.spans[i] as Span;
    if (span.from >= end) break;
    if (mood !== 'negated' || !span.negative) add(span, mood);
  }
}

function makeClause(tokens: Token[], spans: Span[], taken: Uint8Array, portuguese: boolean): Clause {
  const spanAt = new Int32Array(tokens.length).fill(-1);
  // Wider spans first, so that a list-sharing span does not hide the ones inside it.
  const order = spans.map((_, i) => i).sort((a, b) => width(spans[b] as Span) - width(spans[a] as Span));
  for (const i of order) spanAt.fill(i, (spans[i] as Span).from, (spans[i] as Span).to + 1);
  const clause: Clause = { tokens, spans, spanAt, triggers: [], triggersAt: new Map() };
  for (const found of findTriggers(tokens, taken, portuguese)) {
    const trigger = settle(clause, found);
    if (!trigger) continue;
    clause.triggers.push(trigger);
    const list = clause.triggersAt.get(trigger.from);
    if (list) list.push(trigger);
    else clause.triggersAt.set(trigger.from, [trigger]);
  }
  return clause;
}

const width = (span: Span) => span.to - span.from;

/** Decides what a trigger means here; null when it means nothing. */
function settle(clause: Clause, trigger: Trigger): Trigger | null {
  const { tokens, spanAt } = clause;
  const next = tokens[trigger.to + 1];
  const text = (tokens[trigger.from] as Token).text;
  const ends = next === undefined || (next.kind === 'symbol' && next.text !== '(' && next.text !== '?');
  if (trigger.mood === 'ignored' && trigger.reach === 'backward')
    return spanAt[trigger.from - 1] === -1 || trigger.from === 0 ? null : trigger;
  if (trigger.reach === 'forward' && ends && trigger.from > 0 && /^(?:negated|possible)$/.test(trigger.mood))
    return { ...trigger, reach: 'backward' };
  if (trigger.mood === 'historical' && trigger.reach === 'forward') {
    if (/^(?:history|hx|h|historia|historico)$/.test(text) && isPresentingHistory(clause, trigger))
      return null;
    if (text === 'past' && (next?.kind === 'number' || TIME_WORDS.has(next?.text ?? ''))) return null;
  }
  const directlyAfter = trigger.from > 0 && spanAt[trigger.from - 1] !== -1;
  if (
    trigger.mood === 'negated' &&
    trigger.reach === 'forward' &&
    directlyAfter &&
    /^(?:ruled|excluded|denied)$/.test(text)
  )
    return { ...trigger, reach: 'none' };
  return trigger;
}

/** "3 day history of", "presented with a history of", "history of vomiting for a week": the present complaint. */
function isPresentingHistory({ tokens }: Clause, trigger: Trigger): boolean {
  const before = tokens.slice(Math.max(0, trigger.from - 5), trigger.from);
  const after = tokens.slice(trigger.to + 1, trigger.to + 25);
  const timed = (list: Token[]) =>
    list.some(
      (t, i) =>
        (t.kind === 'number' || /^(?:few|several|couple|one|two|three)$/.test(t.text)) && isTime(list, i + 1),
    );
  if (
    before.some((t) =>
      /^(?:present|presented|presents|presenting|referred|admitted|seen|acute|recent|chronic)$/.test(t.text),
    )
  )
    return true;
  if (
    timed(before) ||
    before.some((t) =>
      /^(?:day|week|month|year|hour|days|weeks|months|years|hours|wk|wks|mo|mos|yr|yrs|d|h|hr|hrs|dia|dias|semana|semanas|mes|meses)$/.test(
        t.text,
      ),
    )
  )
    return true;
  return (
    after.some((t) => t.text === 'since' || t.text === 'desde' || t.text === 'acute') ||
    (timed(after) && !after.some((t) => t.text === 'ago'))
  );
}

function isTime(list: Token[], from: number): boolean {
  return list.slice(from, from + 2).some((t) => TIME_WORDS.has(t.text) && t.text !== 'for' && t.text !== 'x');
}
