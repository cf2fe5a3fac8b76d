/** One assertion per finding, out of all its mentions. */
import type { Assertion, ExtractedFinding } from '../types.ts';

/** What is said now beats what was, what is certain beats what is not; the patient's findings only. */
const STRENGTH: Record<Assertion, number> = {
  present: 7,
  possible: 6,
  absent: 5,
  unsure: 4,
  historical: 3,
  hypothetical: 2,
  other_animal: 1,
};

/** The mention that counts for each finding id: the vet's correction, else the strongest assertion, else the first. */
export function effectiveFindings(findings: readonly ExtractedFinding[]): Map<string, ExtractedFinding> {
  const out = new Map<string, ExtractedFinding>();
  for (const finding of findings) {
    const best = out.get(finding.id);
    if (!best || rank(finding) > rank(best)) out.set(finding.id, finding);
  }
  return out;
}

const rank = (f: ExtractedFinding) => (f.corrected ? 100 : 0) + STRENGTH[f.assertion];
