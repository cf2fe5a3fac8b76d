/** From extracted findings to what is scored: one entry a chain, each with its certainty. */
import { effectiveFindings } from '../text/effective.ts';
import type { Assertion, ExtractedFinding, Extraction } from '../types.ts';
import { type ScoringModel, SILENCE } from './model.ts';

export type Evidence = { finding: number; certainty: number; source: ExtractedFinding };

export type CaseEvidence = {
  /** Present, possible or historical; a finding whose stated child says the same is left out. */
  present: Evidence[];
  /** Explicitly absent; a finding whose parent is absent too is left out. */
  absent: Evidence[];
  /** 1 where the note says something of the finding, by itself, a child or an absent parent. */
  mentioned: Uint8Array;
  /** Findings stated as present or possible. */
  stated: number;
  /** Kinds of test that the note reports, as classes of `ScoringModel.silence`. */
  tested: ReadonlySet<number>;
};

const PAST_COUNTS: ReadonlySet<string> = new Set(['exposure', 'history', 'course', 'signalment']);

/** Findings told as past that count all the same: a lily eaten yesterday was eaten. */
export function countsAlthoughPast(kind: string | undefined): boolean {
  return kind !== undefined && PAST_COUNTS.has(kind);
}

export function collectEvidence(model: ScoringModel, extraction: Extraction): CaseEvidence {
  const n = model.findings.length;
  const merged = new Map<number, ExtractedFinding>();
  for (const [id, found] of effectiveFindings(extraction.findings)) {
    const index = model.indexOf.get(id);
    if (index !== undefined) merged.set(index, found);
  }
  const present: Evidence[] = [];
  const absent: Evidence[] = [];
  const mentioned = new Uint8Array(n);
  const holds = new Uint8Array(n);
  for (const [finding, source] of merged) {
    mentioned[finding] = 1;
    const certainty = certaintyOf(model, finding, source.assertion);
    if (certainty > 0) {
      present.push({ finding, certainty, source });
      if (certainty === 1) holds[finding] = 1;
      for (const a of model.ancestors[finding] as readonly number[]) {
        mentioned[a] = 1;
        if (certainty === 1) holds[a] = 1;
      }
    } else if (source.assertion === 'absent') absent.push({ finding, certainty: 1, source });
  }
  const kept = dropImplied(model, present);
  const denied = absent.filter((a) => holds[a.finding] === 0);
  const absentKept = denied.filter(
    (a) => !denied.some((b) => (model.ancestors[a.finding] as readonly number[]).includes(b.finding)),
  );
  markChildrenOfAbsent(model, absentKept, mentioned);
  return {
    present: kept,
    absent: absentKept,
    mentioned,
    stated: kept.filter((e) => e.certainty > 0.5).length,
    tested: testedKinds(model, extraction, merged),
  };
}

function certaintyOf(model: ScoringModel, finding: number, assertion: Assertion): number {
  const { possible, historical } = model.parameters.certainty;
  if (assertion === 'present')
    return model.findings[finding]?.kind === 'signalment' ? model.parameters.signalmentCertainty : 1;
  if (assertion === 'possible') return possible;
  if (assertion === 'historical') return countsAlthoughPast(model.findings[finding]?.kind) ? 1 : historical;
  return 0;
}

/** A stated child says all that its parent says, unless the child is the less certain of the two. */
function dropImplied(model: ScoringModel, present: readonly Evidence[]): Evidence[] {
  return present.filter(
    (parent) =>
      !present.some(
        (child) =>
          child.certainty >= parent.certainty &&
          (model.ancestors[child.finding] as readonly number[]).includes(parent.finding),
      ),
  );
}

/** No vomiting means no haematemesis either: it is said, and counts once, with the parent. */
function markChildrenOfAbsent(model: ScoringModel, absent: readonly Evidence[], mentioned: Uint8Array): void {
  if (absent.length === 0) return;
  const gone = new Set(absent.map((a) => a.finding));
  model.ancestors.forEach((ancestors, f) => {
    if (ancestors.some((a) => gone.has(a))) mentioned[f] = 1;
  });
}

function testedKinds(
  model: ScoringModel,
  extraction: Extraction,
  merged: ReadonlyMap<number, ExtractedFinding>,
): Set<number> {
  const measured = extraction.measurements.flatMap((m) => model.ofAnalyte.get(m.analyte) ?? []);
  const kinds = [...merged.keys(), ...measured].map((f) => model.silence[f] as number);
  return new Set(kinds.filter((kind) => kind >= SILENCE.test));
}
