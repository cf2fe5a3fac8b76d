/**
 * Our judgement of a model's answer. Nothing of it is believed: names go through the knowledge base and its gates,
 * cited findings must stand in the case, amounts, links and markup go. What is dropped is listed with the reason.
 */
import type { Engine } from '@mozarela/clinical/engine';
import { normaliseName } from '@mozarela/clinical/names';
import { evaluateRedFlags } from '@mozarela/clinical/red-flags';
import { linkedReferences } from '@mozarela/clinical/score/explain';
import { noticeWords } from '@mozarela/clinical/score/wording';
import type { AnalysisResult, CaseInput, Diagnosis, Evidence } from '@mozarela/clinical/types';
import type { AnalysisResult as WireResult } from '@mozarela/contract/analyses';
import { AiError } from '../../seams/ai/port.ts';
import { type AiDiagnosis, readAnswer } from './answer.ts';
import type { ConditionNames } from './condition-names.ts';
import { correctionsRead } from './corrections.ts';
import { type AiPayload, asCaseInput } from './payload.ts';
import { plainText } from './plain-text.ts';
import { type Quotes, quotesOf } from './quotes.ts';
import { REMOVED, stripDoses } from './strip-doses.ts';
import { type Rejected, type Tidy, tidier } from './tidy.ts';

/** The part of an answer that stands, the same for every case with this payload: what the cache keeps. */
export type CheckedAnswer = { summary: string; diagnoses: Diagnosis[]; rejected: Rejected[] };

export type Knowledge = { engine: Engine; names: ConditionNames };

const MOST = { diagnoses: 15, findings: 20, tests: 10, name: 120, reasoning: 1200, summary: 600, test: 160 };
export const NOT_KNOWN = 'not in the knowledge base';
/** A list of tests is no place for treatment. */
const TREATMENT = /^(?:give|administer|start|inject|treat|begin|infuse|prescribe|dar|administrar|iniciar)\b/i;
/**
 * Checks an answer against what was asked.
 * @throws AiError `bad_answer` when nothing of it can be used
 */
export function checkAnswer(knowledge: Knowledge, payload: AiPayload, text: string): CheckedAnswer {
  const answer = readAnswer(text);
  if (!answer) throw new AiError('bad_answer');
  const rejected: Rejected[] = [];
  const tidy = tidier(rejected);
  const { engine } = knowledge;
  const corrections = correctionsRead(engine.bundle, payload.corrections);
  const extraction = engine.extract({ ...asCaseInput(payload), corrections });
  const context = { knowledge, tidy, rejected, quotes: quotesOf(payload, extraction) };
  const diagnoses: Diagnosis[] = [];
  for (const entry of answer.diagnoses.slice(0, MOST.diagnoses)) {
    const checked = checkDiagnosis(context, entry, extraction.signalment);
    if (!checked) continue;
    if (
      diagnoses.some(
        ({ id, name }) => id === checked.id || normaliseName(name) === normaliseName(checked.name),
      )
    )
      rejected.push({ kind: 'diagnosis', text: checked.name, reason: 'named twice' });
    else diagnoses.push(checked);
  }
  return { summary: tidy('summary', answer.summary, MOST.summary), diagnoses, rejected };
}

type Context = { knowledge: Knowledge; tidy: Tidy; rejected: Rejected[]; quotes: Quotes };

function checkDiagnosis(
  { knowledge, tidy, rejected, quotes }: Context,
  entry: AiDiagnosis,
  signalment: AnalysisResult['signalment'],
): Diagnosis | null {
  const given = stripDoses(plainText(entry.name, MOST.name).text).text.replace(REMOVED, '').trim();
  const reject = (reason: string) => {
    rejected.push({ kind: 'diagnosis', text: given, reason });
    return null;
  };
  if (normaliseName(given).length < 3) return reject('has no name');
  const named = knowledge.names.find(given, signalment);
  if (named.kind === 'impossible') return reject(named.reason);
  const cite = (words: readonly string[], against: boolean): Evidence[] =>
    words.slice(0, MOST.findings).flatMap((raw) => {
      const text = plainText(raw, 300).text;
      const quote = quotes.find(text, against);
      if (quote.kind === 'stated')
        return [{ finding: quote.finding?.id ?? '', label: quote.finding?.label ?? text, text, weight: 0 }];
      rejected.push({
        kind: 'finding',
        text: stripDoses(text).text,
        reason: `${quote.reason} (cited for ${given})`,
      });
      return [];
    });
  const findingsFor = cite(entry.findingsFor, false);
  const findingsAgainst = cite(entry.findingsAgainst, true);
  if (findingsFor.length === 0) return reject('no finding of the case was cited for it');
  return {
    ...identity(knowledge, named.kind === 'known' ? named.condition : null, given),
    probability: null,
    points: null,
    band: null,
    reasoning: tidy('reasoning', entry.reasoning, MOST.reasoning),
    findingsFor,
    findingsAgainst,
    unexplained: [],
    suggestedTests: checkTests(knowledge, entry.suggestedTests, tidy, rejected),
    treatmentPlan: { stabilise: [], treat: [], monitor: [] },
    signalment: [],
  };
}

type Identity = 'id' | 'name' | 'synonyms' | 'urgent' | 'notices' | 'references' | 'review';

/** What the knowledge base says of a condition it knows, references included; of another only its name is taken. */
function identity(
  { engine }: Knowledge,
  condition: Engine['bundle']['conditions'][number] | null,
  given: string,
): Pick<Diagnosis, Identity> {
  if (!condition)
    return {
      id: `ai-${normaliseName(given).replaceAll(' ', '-')}`,
      name: given,
      synonyms: [],
      urgent: false,
      notices: [],
      references: [],
      review: NOT_KNOWN,
    };
  const { id, name, synonyms, urgent, notices, references, review } = condition;
  return {
    id,
    name: name.en,
    synonyms,
    urgent,
    notices: notices.map(noticeWords),
    references: linkedReferences(engine.bundle, references),
    review: review === 'unreviewed' ? 'unreviewed' : `${review.by}, ${review.date}`,
  };
}

/** Names of tests; `tier` 0 where the knowledge base does not know the test, and so not its cost. */
function checkTests(
  { engine }: Knowledge,
  tests: readonly string[],
  tidy: Tidy,
  rejected: Rejected[],
): Diagnosis['suggestedTests'] {
  const known = Object.entries(engine.bundle.tests);
  return tests.slice(0, MOST.tests).flatMap((raw) => {
    const name = tidy('test', raw, MOST.test);
    if (normaliseName(name).length < 2) return [];
    if (name.includes(REMOVED) || TREATMENT.test(name)) {
      rejected.push({ kind: 'test', text: stripDoses(name).text, reason: 'is a treatment, not a test' });
      return [];
    }
    const match = known.find(([, { label }]) => normaliseName(label.en) === normaliseName(name));
    return [
      { id: match?.[0] ?? '', name: match?.[1].label.en ?? name, tier: match?.[1].tier ?? 0, purpose: '' },
    ];
  });
}

/**
 * The result of one case: the checked answer, and beside it what the built-in engine reads in this very case. Red
 * flags and findings never come from a model.
 */
export function resultOf(
  { engine }: Knowledge,
  input: CaseInput,
  checked: CheckedAnswer,
  meta: { model: string; promptVersion: string; comment?: boolean },
): WireResult {
  const extraction = engine.extract(input);
  const isEmpty = meta.comment ? checked.summary === '' : checked.diagnoses.length === 0;
  return {
    engine: 'ai',
    version: `${meta.promptVersion} ${engine.bundle.version}`,
    summary: checked.summary,
    redFlags: evaluateRedFlags(engine.bundle, extraction),
    diagnoses: checked.diagnoses,
    other: 0,
    findings: extraction.findings,
    measurements: extraction.measurements,
    notUsed: [],
    notUsedSpans: [],
    nextQuestions: [],
    excluded: [],
    notices: isEmpty ? ['Nothing in the answer of the model passed the checks.'] : [],
    signalment: extraction.signalment,
    model: meta.model,
    promptVersion: meta.promptVersion,
    rejected: checked.rejected,
  };
}
