/** A clinic's protocol on one case: points = min(99, Base + Weight x matched keywords). Nothing else is added. */
import type { KnowledgeBundle } from '../knowledge/schema.ts';
import { evaluateRedFlags } from '../red-flags.ts';
import { caseNotices } from '../score/analyze.ts';
import { inSentence, listWords, patientWords } from '../score/wording.ts';
import type { KeywordMatcher, KeywordState } from '../text/keywords.ts';
import type { AnalysisResult, CaseInput, Diagnosis, Extraction, Signalment } from '../types.ts';
import { plain } from './cells.ts';
import type { ParsedProtocol, ProtocolKeyword, ProtocolRow } from './types.ts';

/** Prepares keywords once; `match` answers for each of them, in their order. */
export type KeywordReader = (keywords: readonly string[]) => KeywordMatcher;

const MAX_POINTS = 99;
const SHOWN_AT_MOST = 50;

type ScoredRow = {
  row: ProtocolRow;
  points: number;
  matched: { keyword: ProtocolKeyword; points: number; text: string }[];
  missed: ProtocolKeyword[];
};

/** The text engine's part, as the protocol needs it. */
type ProtocolText = { extract: (input: CaseInput) => Extraction; compileKeywords: KeywordReader };

type Compiled = { match: KeywordMatcher['match']; place: Map<string, number> };
const compiled = new WeakMap<ParsedProtocol, Compiled>();

function compile(protocol: ParsedProtocol, text: ProtocolText): Compiled {
  const known = compiled.get(protocol);
  if (known) return known;
  const place = new Map<string, number>();
  for (const row of protocol.rows) {
    for (const { text: keyword } of [...row.keywords, ...row.excludeKeywords])
      if (!place.has(keyword)) place.set(keyword, place.size);
  }
  const made = { match: text.compileKeywords([...place.keys()]).match, place };
  compiled.set(protocol, made);
  return made;
}

/** @throws RangeError when the protocol has errors: its arithmetic cannot be promised. */
export function scoreProtocol(
  bundle: KnowledgeBundle,
  text: ProtocolText,
  input: CaseInput,
  protocol: ParsedProtocol,
): AnalysisResult {
  if (protocol.errors.length > 0) throw new RangeError('a protocol with errors cannot be used');
  const extraction = text.extract(input);
  const { match, place } = compile(protocol, text);
  const states = match(input, extraction);
  const stateOf = (keyword: ProtocolKeyword) => states[place.get(keyword.text) ?? -1];
  const scored: ScoredRow[] = [];
  const excluded: AnalysisResult['excluded'] = [];
  for (const row of protocol.rows) {
    const result = scoreRow(row, stateOf);
    if (result.matched.length === 0) continue;
    const reason = rowGate(bundle, row, extraction) ?? excludedBy(row, stateOf);
    if (reason === null) scored.push(result);
    else excluded.push({ id: `row-${row.line}`, name: row.disease, reason });
  }
  scored.sort(byPoints);
  const folded = protocol.rows.length - scored.length - excluded.length;
  return toResult(bundle, extraction, scored, excluded, folded);
}

/** Points, then the share of keywords that match, then the order of the file. */
function byPoints(a: ScoredRow, b: ScoredRow): number {
  const share = (s: ScoredRow) => s.matched.length / s.row.keywords.length;
  return b.points - a.points || share(b) - share(a) || a.row.line - b.row.line;
}

function scoreRow(row: ProtocolRow, stateOf: (k: ProtocolKeyword) => KeywordState | undefined): ScoredRow {
  const matched: ScoredRow['matched'] = [];
  const missed: ProtocolKeyword[] = [];
  for (const keyword of row.keywords) {
    const state = stateOf(keyword);
    if (state?.state === (keyword.negated ? 'absent' : 'present'))
      matched.push({ keyword, points: keyword.weight ?? row.matchWeight, text: state.text });
    else missed.push(keyword);
  }
  return {
    row,
    matched,
    missed,
    points: pointsOf(
      row.baseProbability,
      matched.map((m) => m.points),
    ),
  };
}

/** min(99, base + sum), free of binary rounding (10.1 + 0.2 is 10.3). */
export function pointsOf(base: number, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, base);
  return Math.min(MAX_POINTS, Math.round(sum * 1e6) / 1e6);
}

/** Why a row does not apply to this patient, or null. What is not recorded excludes nothing. */
function rowGate(
  bundle: KnowledgeBundle,
  row: ProtocolRow,
  { signalment, youngestYears }: Extraction,
): string | null {
  const { animals, sex, ageYears } = signalment;
  if (row.animals && !animals.some((a) => row.animals?.includes(a))) return 'the row is for another species';
  if (row.sexes && sex !== null && !row.sexes.includes(sex))
    return `the row is for ${row.sexes.join(', ')} only`;
  if (ageYears !== null && row.ageMin !== null && ageYears < row.ageMin)
    return 'the patient is younger than Age_Min';
  if (ageYears !== null && row.ageMax !== null && (youngestYears ?? ageYears) > row.ageMax)
    return 'the patient is older than Age_Max';
  if (row.breeds.length > 0 && signalment.breedId !== null && !isBreed(bundle, row.breeds, signalment))
    return 'the row is for other breeds';
  return null;
}

function isBreed(bundle: KnowledgeBundle, breeds: readonly string[], signalment: Signalment): boolean {
  const breed = signalment.breedId === null ? undefined : bundle.breeds[signalment.breedId];
  const names = [
    breed?.name ?? '',
    ...(breed?.aliases ?? []),
    signalment.breedId ?? '',
    ...signalment.breedGroups,
  ];
  const known = new Set(names.map(plain));
  return breeds.some((b) => known.has(plain(b)));
}

function excludedBy(
  row: ProtocolRow,
  stateOf: (k: ProtocolKeyword) => KeywordState | undefined,
): string | null {
  const hit = row.excludeKeywords.find((k) => stateOf(k)?.state === (k.negated ? 'absent' : 'present'));
  return hit ? `excluded by "${hit.raw}"` : null;
}

function toResult(
  bundle: KnowledgeBundle,
  extraction: Extraction,
  scored: readonly ScoredRow[],
  excluded: AnalysisResult['excluded'],
  folded: number,
): AnalysisResult {
  const notices = caseNotices(extraction, null);
  if (folded > 0)
    notices.push(`${folded} ${folded === 1 ? 'row' : 'rows'} of the protocol without a match not shown.`);
  const hidden = scored.length - SHOWN_AT_MOST;
  if (hidden > 0) notices.push(`${hidden} more rows with a match are not shown.`);
  return {
    engine: 'protocol',
    version: bundle.version,
    summary: protocolSummary(extraction.signalment, scored),
    redFlags: evaluateRedFlags(bundle, extraction),
    diagnoses: scored.slice(0, SHOWN_AT_MOST).map(toDiagnosis),
    other: 0,
    findings: extraction.findings,
    measurements: extraction.measurements,
    notUsed: extraction.notUsed.map((span) => span.text),
    notUsedSpans: extraction.notUsed,
    nextQuestions: [],
    excluded,
    notices,
    signalment: extraction.signalment,
  };
}

function protocolSummary(signalment: Signalment, scored: readonly ScoredRow[]): string {
  const patient = patientWords(signalment);
  const [first, ...rest] = scored.slice(0, 3);
  if (!first) return `No row of the protocol matches this ${patient}.`;
  const others =
    rest.length > 0 ? `, then ${listWords(rest.map((s) => `${s.row.disease} (${s.points})`))}` : '';
  return `By the clinic's protocol this ${patient} scores highest for ${first.row.disease} (${first.points} points)${others}. Points are the protocol's arithmetic, not probabilities.`;
}

/** Matched keywords are `findingsFor` with their points; missed ones are `findingsAgainst` with weight 0. */
function toDiagnosis(scored: ScoredRow): Diagnosis {
  const { row, matched, missed, points } = scored;
  const id = `row-${row.line}`;
  return {
    id,
    name: row.disease,
    synonyms: [],
    probability: null,
    points,
    band: null,
    urgent: row.cannotMiss,
    notices: [],
    reasoning: rowReasoning(scored),
    findingsFor: matched.map((m) => ({
      finding: m.keyword.raw,
      label: m.keyword.raw,
      text: m.text,
      weight: m.points,
    })),
    findingsAgainst: missed.map((k) => ({ finding: k.raw, label: k.raw, text: '', weight: 0 })),
    unexplained: [],
    suggestedTests: row.suggestedTests.map((name, i) => ({
      id: `${id}-test-${i + 1}`,
      name,
      tier: 1,
      purpose: 'protocol',
    })),
    treatmentPlan: { stabilise: [], treat: row.treatmentPlan, monitor: [] },
    references: row.refs.filter((ref) => /^https?:\/\/\S+$/.test(ref)).map((url) => ({ title: url, url })),
    review: "the clinic's own protocol",
    signalment: [],
  };
}

function rowReasoning({ row, matched, missed, points }: ScoredRow): string {
  const own = matched.filter((m) => m.keyword.weight !== null);
  const plainMatches = matched.length - own.length;
  const terms = [
    `${row.baseProbability}`,
    ...(plainMatches > 0 ? [`${row.matchWeight} x ${plainMatches}`] : []),
    ...own.map((m) => `${m.points} (${m.keyword.text})`),
  ];
  const sum = `${terms.join(' + ')} = ${points} points${points === MAX_POINTS ? ' (99 at most)' : ''}`;
  const words = (list: readonly ProtocolKeyword[]) => listWords(list.map((k) => inSentence(k.text)));
  const found = `${matched.length} of ${row.keywords.length} keywords match: ${words(matched.map((m) => m.keyword))}.`;
  const open = missed.length > 0 ? ` Not found: ${words(missed)}.` : '';
  return `${sum}. ${found}${open}`;
}
