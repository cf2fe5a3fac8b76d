/** Are the percentages honest, and does "other" rise when the base lacks the disease? */

import { analyzeExtraction } from '../../packages/clinical/src/score/analyze.ts';
import type { ScoringModel } from '../../packages/clinical/src/score/model.ts';
import type { AnalysisResult, Extraction } from '../../packages/clinical/src/types.ts';

/** A diagnosis as said (0-1), and whether it is the right one. */
export type Claim = { said: number; right: boolean };

/** Expected calibration error in percentage points: the mean gap between said and right, weighted by bucket. */
export function calibrationError(claims: readonly Claim[], buckets = 10): number {
  let gap = 0;
  for (let i = 0; i < buckets; i++) {
    const inside = claims.filter((c) => Math.min(buckets - 1, Math.floor(c.said * buckets)) === i);
    const said = inside.reduce((sum, c) => sum + c.said, 0);
    const right = inside.filter((c) => c.right).length;
    gap += Math.abs(said - right);
  }
  return claims.length === 0 ? 0 : (100 * gap) / claims.length;
}

/** The leading diagnosis of each result, with what was right. */
export function leadingClaims(
  results: readonly AnalysisResult[],
  right: readonly ReadonlySet<string>[],
): Claim[] {
  return results.flatMap(({ diagnoses: [leader] }, i) =>
    leader ? [{ said: (leader.probability ?? 0) / 100, right: right[i]?.has(leader.id) ?? false }] : [],
  );
}

export type OtherShare = {
  cases: number;
  /** Mean percent of "other" with the right disease in the base, and taken out of it. */
  inBase: number;
  takenOut: number;
  /** Cases in which it is higher, or lower, without the right disease. */
  rises: number;
  falls: number;
};

/** Analyses each case with and without its right diseases. */
export function measureOther(
  model: ScoringModel,
  extractions: readonly Extraction[],
  right: readonly ReadonlySet<string>[],
): OtherShare {
  const share = { cases: 0, inBase: 0, takenOut: 0, rises: 0, falls: 0 };
  extractions.forEach((extraction, i) => {
    const skip = right[i] ?? new Set<string>();
    if (skip.size === 0) return;
    const before = analyzeExtraction(model, extraction, []).other;
    const after = analyzeExtraction(model, extraction, [], { skip }).other;
    share.cases++;
    share.inBase += before;
    share.takenOut += after;
    if (after > before + 0.5) share.rises++;
    if (after < before - 0.5) share.falls++;
  });
  const n = Math.max(1, share.cases);
  return { ...share, inBase: share.inBase / n, takenOut: share.takenOut / n };
}
