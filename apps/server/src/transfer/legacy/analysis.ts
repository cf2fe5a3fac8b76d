/** The original's `results` of a case as an analysis of ours, so that they are shown and found. */
import { type AnalysisResult, analysisResult } from '@mozarela/contract/analyses';
import { clean, type Document, isDocument, isEmpty, type Notes, noteLoss } from './read.ts';

const TOP_KEPT = 5;
const ENGINE_VERSION = 'original';

export type PlannedAnalysis = {
  engine: 'protocol' | 'ai';
  engineVersion: string;
  top: { name: string; probability: null }[];
  result: AnalysisResult;
};

const KNOWN_DIAGNOSIS = new Set(['name', 'probability', 'reasoning', 'suggested_tests', 'treatment_plan']);

type Diagnosis = AnalysisResult['diagnoses'][number];

function textList(notes: Notes, name: string, value: unknown): string[] {
  const items = Array.isArray(value) ? value : isEmpty(value) ? [] : [value];
  if (items.some((item) => typeof item !== 'string')) noteLoss(notes, `${name} holds more than text`);
  return items.filter((item) => typeof item === 'string').map((item) => clean(notes, name, item));
}

function toDiagnosis(notes: Notes, stated: Document, index: number, engine: 'protocol' | 'ai'): Diagnosis {
  const unknown = Object.keys(stated).filter((name) => !KNOWN_DIAGNOSIS.has(name) && !isEmpty(stated[name]));
  if (unknown.length > 0) noteLoss(notes, `a result has no place for ${unknown.join(', ')}`);
  const number = typeof stated.probability === 'number' ? stated.probability : null;
  const [reasoning = ''] = textList(notes, 'reasoning', stated.reasoning);
  return {
    id: `original-${index + 1}`,
    name: clean(notes, 'diagnosis', String(stated.name)),
    synonyms: [],
    // A model's own percentage is no probability; a protocol's was its points.
    probability: null,
    points: engine === 'protocol' ? number : null,
    band: null,
    urgent: false,
    notices: engine === 'ai' && number !== null ? [`The model stated ${number} %.`] : [],
    reasoning,
    findingsFor: [],
    findingsAgainst: [],
    unexplained: [],
    suggestedTests: textList(notes, 'suggested tests', stated.suggested_tests).map((name, at) => ({
      id: `original-${at + 1}`,
      name,
      tier: 1,
      purpose: '',
    })),
    treatmentPlan: {
      stabilise: [],
      treat: textList(notes, 'treatment plan', stated.treatment_plan),
      monitor: [],
    },
    references: [],
    review: 'unreviewed',
    signalment: [],
  };
}

type Signalment = Pick<AnalysisResult['signalment'], 'species' | 'sex' | 'weightKg'>;

/** Null when there are no results, or none that can be shown: those are kept with the row. */
export function planAnalysis(
  notes: Notes,
  results: unknown,
  mode: unknown,
  signalment: Signalment,
): PlannedAnalysis | null {
  if (isEmpty(results)) return null;
  const diagnoses = isDocument(results) ? results.diagnoses : undefined;
  const readable =
    isDocument(results) &&
    (diagnoses === undefined ||
      (Array.isArray(diagnoses) &&
        diagnoses.every((one) => isDocument(one) && typeof one.name === 'string')));
  if (!readable) {
    noteLoss(notes, 'its results are not in a known form');
    return null;
  }
  const unknown = Object.keys(results).filter((name) => name !== 'summary' && name !== 'diagnoses');
  if (unknown.length > 0) noteLoss(notes, `its results have no place for ${unknown.join(', ')}`);
  const engine = mode === 'WEIGHTED' ? 'protocol' : 'ai';
  const [summary = ''] = textList(notes, 'summary', results.summary);
  const result = {
    engine,
    version: ENGINE_VERSION,
    summary,
    redFlags: [],
    diagnoses: ((diagnoses ?? []) as Document[]).map((one, index) => toDiagnosis(notes, one, index, engine)),
    other: 0,
    findings: [],
    measurements: [],
    notUsed: [],
    notUsedSpans: [],
    nextQuestions: [],
    excluded: [],
    notices: ['Imported from the original system.'],
    signalment: {
      ...signalment,
      animals: [],
      resolved: false,
      breedId: null,
      breedGroups: [],
      ageYears: null,
    },
  };
  const checked = analysisResult.safeParse(result);
  if (!checked.success) {
    noteLoss(notes, 'its results cannot be shown');
    return null;
  }
  const top = checked.data.diagnoses.slice(0, TOP_KEPT).map(({ name }) => ({ name, probability: null }));
  return { engine, engineVersion: ENGINE_VERSION, top, result: checked.data };
}
