/** The figures of eval/result.json in the form that the client shows; nothing is measured here. */
import { ANIMALS } from '../../packages/clinical/src/animals.ts';
import type { KnowledgeBundle } from '../../packages/clinical/src/knowledge/schema.ts';
import type { MeasuredSet, QualityReport } from '../../packages/clinical/src/reading/quality-report.ts';
import type { EvalCase } from './cases.ts';
import type { Figures, SetFigures } from './figures.ts';

/** @throws Error when a figure belongs to a case that its set does not hold */
export function qualityReport(
  figures: Figures,
  bundle: KnowledgeBundle,
  cases: Record<'open' | 'vignettes', readonly EvalCase[]>,
): QualityReport {
  const { references, conditions } = bundle;
  const isLinked = (id: string) => Boolean(references[id]?.url && references[id]?.checked);
  const { cannotMiss, routine, stability, crossValidated, open } = figures;
  return {
    measured: figures.knowledge,
    built: bundle.version,
    conditions: conditions.length,
    findings: Object.keys(bundle.findings).length,
    redFlags: Object.keys(bundle.redFlags).length,
    references: {
      all: Object.keys(references).length,
      linked: Object.keys(references).filter(isLinked).length,
      conditionsWithLink: conditions.filter((c) => c.references.some(isLinked)).length,
    },
    reviewed: conditions.filter(({ review }) => review !== 'unreviewed').length,
    coverage: ANIMALS.map((animal) => ({
      animal,
      conditions: conditions.filter(({ species }) => animal in species).length,
    })).sort((a, b) => b.conditions - a.conditions),
    open: measuredSet(open, cases.open),
    vignettes: measuredSet(figures.vignettes, cases.vignettes),
    crossValidated: { folds: crossValidated.folds, top: crossValidated.top },
    cannotMiss: {
      notes: cannotMiss.notes,
      seen: cannotMiss.seen,
      seenAtFirst: cannotMiss.seenAtFirst,
      flagged: cannotMiss.flagged,
    },
    routine: { notes: routine.notes, alarms: routine.alarms },
    stability: stability.all,
    other: { inBase: open.other.inBase, takenOut: open.other.takenOut },
  };
}

function measuredSet(figures: SetFigures, cases: readonly EvalCase[]): MeasuredSet {
  const known = new Map(cases.map((one) => [one.id, one]));
  const misses = figures.cases.flatMap(({ id, rank, kind, condition }) => {
    const one = known.get(id);
    if (!one) throw new Error(`eval/result.json has a case ${id} that its set does not hold`);
    return kind === null
      ? []
      : [{ id, species: one.species, diagnosis: one.diagnosis, condition, rank, kind }];
  });
  const { all, species, system, calibrationError } = figures;
  return { all, species, system, misses, calibrationError };
}
