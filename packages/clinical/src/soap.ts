/**
 * A case as SOAP text (subjective, objective, assessment, plan), to paste into practice software or a referral
 * letter. Plain text, English, lines of any length. The assessment only ever considers; it never diagnoses.
 */
import type { AnalysisResult, Diagnosis, Measurement } from './types.ts';

export type SoapCase = {
  patientName: string | null;
  species: string;
  breed: string | null;
  sex: string | null;
  age: string | null;
  weightKg: number | null;
  clinicalSigns: string;
  labFindings: string | null;
  createdAt: string;
  outcome: { diagnosis: string } | null;
  addenda: { text: string; createdAt: string; createdBy: { fullName: string } }[];
};

const SEX = { M: 'male', MN: 'male neutered', F: 'female', FS: 'female spayed' } as Record<string, string>;

/** How people see a probability: steps of five percent, never 0 and never certainty. */
export function roundedPercent(probability: number): string {
  if (probability < 5) return '< 5 %';
  return `${Math.min(95, Math.round(probability / 5) * 5)} %`;
}

const date = (iso: string) => iso.slice(0, 10);

function signalmentLine(record: SoapCase): string {
  const parts = [
    record.patientName,
    record.species,
    record.breed,
    record.sex ? (SEX[record.sex] ?? record.sex) : null,
    record.age,
    record.weightKg === null ? null : `${record.weightKg} kg`,
  ];
  return parts.filter((part): part is string => Boolean(part)).join(', ');
}

function measurementLine({ label, value, unit, range, flag }: Measurement): string {
  const interval = range ? ` (${range.low ?? ''}-${range.high ?? ''})` : '';
  const mark = flag === 'H' || flag === 'L' ? ` ${flag}` : '';
  return `- ${label} ${value}${unit ? ` ${unit}` : ''}${interval}${mark}`;
}

function diagnosisLine(diagnosis: Diagnosis, index: number): string {
  const measure =
    diagnosis.points === null
      ? diagnosis.probability === null
        ? ''
        : ` (${roundedPercent(diagnosis.probability)})`
      : ` (${diagnosis.points} points)`;
  const reasons = diagnosis.findingsFor.slice(0, 5).map((evidence) => evidence.label);
  const because = reasons.length > 0 ? `: compatible with ${reasons.join(', ')}` : '';
  return `${index + 1}. Consider ${diagnosis.name}${measure}${because}`;
}

const ENGINE = {
  knowledge: 'built-in knowledge base',
  protocol: 'clinic protocol',
  ai: 'language model',
} as const;

/** What is written of an answer. */
type SoapResult = Pick<AnalysisResult, 'engine' | 'version' | 'redFlags' | 'diagnoses' | 'measurements'>;

type Answer = {
  engine: keyof typeof ENGINE;
  status: string;
  commentOn: string | null;
  outdated: boolean;
};

/**
 * The analysis that stands in a SOAP text: the newest answer to the case as it is now, of the built-in engine where
 * there is one, else of a protocol, else of a language model.
 * @param newestFirst all analyses of the case
 */
export function soapAnalysis<A extends Answer>(newestFirst: readonly A[]): A | undefined {
  const usable = newestFirst.filter((a) => a.status === 'succeeded' && a.commentOn === null && !a.outdated);
  return (['knowledge', 'protocol', 'ai'] as const)
    .map((engine) => usable.find((a) => a.engine === engine))
    .find((a) => a !== undefined);
}

function assessment(result: SoapResult | null): string[] {
  if (!result) return ['No analysis of the case as it is now.'];
  return [
    ...result.redFlags.map((flag) => `! ${flag.title}. Excluded by: ${flag.excludeBy}`),
    ...result.diagnoses.slice(0, 5).map(diagnosisLine),
    `Differentials suggested by the ${ENGINE[result.engine]}, version ${result.version}; not a diagnosis.`,
  ];
}

function plan(result: SoapResult | null): string[] {
  const tests = (result?.diagnoses ?? []).slice(0, 5).flatMap((diagnosis) => diagnosis.suggestedTests);
  const byTier = [...tests].sort((a, b) => a.tier - b.tier).map((test) => test.name);
  const names = [...new Set(byTier)].slice(0, 8);
  return names.length > 0 ? names.map((name) => `- To consider: ${name}`) : ['-'];
}

/** The whole text, with a section for each letter and the addenda of a signed record at the end. */
export function soapText(record: SoapCase, result: SoapResult | null): string {
  const measured = (result?.measurements ?? []).filter((measurement) => !measurement.query);
  const lines = [
    `${signalmentLine(record)} - ${date(record.createdAt)}`,
    '',
    'S',
    record.clinicalSigns.trim(),
    '',
    'O',
    ...(record.labFindings?.trim() ? [record.labFindings.trim()] : []),
    ...measured.map(measurementLine),
    '',
    'A',
    ...(record.outcome ? [`Final diagnosis recorded by the clinic: ${record.outcome.diagnosis}`] : []),
    ...assessment(result),
    '',
    'P',
    ...plan(result),
    ...record.addenda.flatMap((addendum) => [
      '',
      `Addendum ${date(addendum.createdAt)}, ${addendum.createdBy.fullName}: ${addendum.text}`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
