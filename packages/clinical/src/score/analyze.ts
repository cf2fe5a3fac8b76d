/** Extraction in, result of the built-in engine out. Pure and deterministic. */
import type { AnalysisResult, Extraction, RedFlagHit } from '../types.ts';
import { type CaseContext, caseContext } from './evaluate.ts';
import { collectEvidence } from './evidence.ts';
import { bandOf, toDiagnosis } from './explain.ts';
import type { ScoringModel } from './model.ts';
import { nextQuestions } from './questions.ts';
import { type Ranking, rank } from './rank.ts';
import { animalWord, listWords, summary } from './wording.ts';

/** Below this many findings the list is guesswork, and the result says so. */
const ENOUGH_FINDINGS = 3;
const SHOWN_AT_LEAST = 10;
const SHOWN_AT_MOST = 25;
/** Past the first ten, what is below this many percent is left out. */
const WORTH_SHOWING = 0.5;
const FOOD_ANIMALS = new Set(['cow', 'sheep', 'goat', 'pig', 'camelid']);

export type AnalyzeOptions = {
  /** Conditions to leave out, for "explain the rest". */
  skip?: ReadonlySet<string>;
  notices?: readonly string[];
};

export function analyzeExtraction(
  model: ScoringModel,
  extraction: Extraction,
  redFlags: RedFlagHit[],
  options: AnalyzeOptions = {},
): AnalysisResult {
  const evidence = collectEvidence(model, extraction);
  const context = caseContext(model, extraction.signalment, evidence);
  const ranking = rank(context, options.skip);
  const stated = evidence.present.length;
  const enough = stated >= ENOUGH_FINDINGS;
  const diagnoses = stated === 0 ? [] : shownDiagnoses(context, ranking, enough);
  const labels = [...evidence.present]
    .sort((a, b) => importance(model, b.finding) - importance(model, a.finding) || a.finding - b.finding)
    .map((e) => e.source.label);
  return {
    engine: 'knowledge',
    version: model.bundle.version,
    summary: summary(extraction.signalment, labels, enough ? worthNaming(diagnoses) : [], redFlags.length),
    redFlags,
    diagnoses,
    other: stated === 0 ? 100 : ranking.other,
    findings: extraction.findings,
    measurements: extraction.measurements,
    notUsed: extraction.notUsed.map((span) => span.text),
    notUsedSpans: extraction.notUsed,
    nextQuestions: nextQuestions(context, ranking.ranked, enough ? 5 : 3),
    excluded: ranking.excluded.map(({ condition, reason }) => ({
      id: model.conditions[condition]?.id ?? '',
      name: model.conditions[condition]?.name.en ?? '',
      reason,
    })),
    notices: [...(options.notices ?? []), ...caseNotices(extraction, stated)],
    signalment: extraction.signalment,
  };
}

function importance(model: ScoringModel, finding: number): number {
  return model.findings[finding]?.importance ?? 0;
}

function shownDiagnoses(
  context: CaseContext,
  { ranked }: Ranking,
  enough: boolean,
): AnalysisResult['diagnoses'] {
  const leading = ranked[0]?.probability ?? 0;
  return ranked
    .slice(0, SHOWN_AT_MOST)
    .filter((r, i) => i < SHOWN_AT_LEAST || r.probability >= WORTH_SHOWING)
    .map((r) => toDiagnosis(context, r, bandOf(r, leading, enough)));
}

/** The first, and those of the next two that are more than a remote possibility. */
function worthNaming(diagnoses: AnalysisResult['diagnoses']): string[] {
  return diagnoses
    .slice(0, 3)
    .filter((d, i) => i === 0 || d.band !== 'less likely')
    .map((d) => d.name);
}

/** Short notes above the list. `stated` is the number of findings where their number matters. */
export function caseNotices(extraction: Extraction, stated: number | null): string[] {
  const notices: string[] = [];
  const { signalment, measurements } = extraction;
  if (stated === 0)
    notices.push('No finding was recognised. Describe what is seen, or answer the questions below.');
  else if (stated !== null && stated < ENOUGH_FINDINGS)
    notices.push(
      `Only ${stated === 1 ? 'one finding' : `${stated} findings`} recognised: too few to rank with confidence. The questions below would help most.`,
    );
  if (!signalment.resolved)
    notices.push(
      `The animal is not known from breed or text; diseases of all these are kept: ${listWords(signalment.animals.map(animalWord))}.`,
    );
  for (const m of measurements) if (m.query) notices.push(`${m.label} ${m.original.value}: ${m.query}`);
  if (signalment.resolved && signalment.animals.some((a) => FOOD_ANIMALS.has(a)))
    notices.push('Food-producing animal: check which substances are allowed and the withdrawal times.');
  return notices;
}
