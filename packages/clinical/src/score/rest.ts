/** "Explain the rest": the case without what one diagnosis explains, to look for a concurrent disease. */
import type { AnalysisResult, Extraction } from '../types.ts';
import type { ScoringModel } from './model.ts';

/**
 * Leaves out the findings that the diagnosis (the first by default) lists, by itself, a parent or a child, and the
 * diagnosis itself. Signalment, measurements and absences stay.
 */
export function withoutExplained(
  model: ScoringModel,
  result: AnalysisResult,
  diagnosisId: string | undefined = result.diagnoses[0]?.id,
): { extraction: Extraction; skip: Set<string>; notices: string[] } {
  const condition = model.conditions.findIndex((c) => c.id === diagnosisId);
  const row = condition * model.findings.length;
  const explains = (id: string): boolean => {
    const f = model.indexOf.get(id);
    if (f === undefined || condition < 0) return false;
    const ancestors = model.ancestors[f] as readonly number[];
    return (model.freq[row + f] as number) > 0 || ancestors.some((a) => model.listed[row + a] === 1);
  };
  const findings = result.findings.filter((f) => f.assertion === 'absent' || !explains(f.id));
  const name = model.conditions[condition]?.name.en;
  return {
    extraction: {
      signalment: result.signalment,
      findings,
      measurements: result.measurements,
      notUsed: result.notUsedSpans,
    },
    skip: new Set(condition < 0 ? [] : [diagnosisId as string]),
    notices: name ? [`Without the findings that ${name} would explain.`] : [],
  };
}
