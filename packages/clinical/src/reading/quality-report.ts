/** What was measured, as the page "How good is it?" shows it: made from eval/result.json by scripts/build-quality.ts. */
import type { Animal, Species } from '../animals.ts';

/** Numbers of cases: how many, in how many the base holds the disease, in how many it came within the first n. */
export type Hits = { cases: number; covered: number; top: Record<1 | 3 | 5 | 10, number> };

/** A case in which the right diagnosis did not come first. */
export type Miss = {
  id: string;
  species: Species;
  diagnosis: string;
  /** The condition that was wanted; null when the base does not hold it. */
  condition: string | null;
  rank: number | null;
  kind: string;
};

export type MeasuredSet = {
  all: Hits;
  species: Record<string, Hits>;
  system: Record<string, Hits>;
  misses: Miss[];
  /** Percentage points between what the first diagnosis says and how often it is right. */
  calibrationError: number;
};

export type QualityReport = {
  /** Version of the knowledge base that was measured, and of the one that is built in. */
  measured: string;
  built: string;
  conditions: number;
  findings: number;
  redFlags: number;
  /** Sources, those that are linked, and conditions with at least one linked source. */
  references: { all: number; linked: number; conditionsWithLink: number };
  reviewed: number;
  coverage: { animal: Animal; conditions: number }[];
  open: MeasuredSet;
  vignettes: MeasuredSet;
  crossValidated: { folds: number; top: Hits['top'] };
  /** `seenAtFirst`: before the misses were read and vocabulary was added. `flagged`: the title of a red flag names it. */
  cannotMiss: { notes: number; seen: number; seenAtFirst: number; flagged: number };
  routine: { notes: number; alarms: number };
  stability: { compared: number; leaderKept: number; sameThree: number };
  /** Mean percentage of "other" with the right disease in the base, and taken out of it. */
  other: { inBase: number; takenOut: number };
};
