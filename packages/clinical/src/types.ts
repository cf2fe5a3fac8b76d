/**
 * What goes into the engine and what comes out. The same shapes travel over HTTP (packages/contract states them
 * as zod schemas) and are used by the browser, which runs this very code.
 */
import type { Animal, Sex, Species } from './animals.ts';

/** `signs` and `labs` are the two text boxes; `signalment` is the form; `chip` is the vet's correction. */
export type Field = 'signs' | 'labs' | 'signalment';

/** After ConText (Harkema 2009). `unsure` is what a vet sets on a chip. */
export type Assertion =
  | 'present'
  | 'absent'
  | 'possible'
  | 'historical'
  | 'other_animal'
  | 'hypothetical'
  | 'unsure';

/** The vet's word on a finding; it overrides what the text engine read. */
export type Correction = { finding: string; assertion: 'present' | 'absent' | 'unsure' };

export type CaseInput = {
  species: Species;
  breed?: string | null;
  sex?: Sex | null;
  /** As typed: "7 y", "3 mo", "10 weeks". */
  age?: string | null;
  weightKg?: number | null;
  clinicalSigns: string;
  labFindings?: string | null;
  corrections?: Correction[];
};

/** One finding read from the case. `start`/`end` are UTF-16 offsets into the original text of `field`. */
export type ExtractedFinding = {
  id: string;
  label: string;
  /** The source words. Empty for a finding that the vet added. */
  text: string;
  start: number;
  end: number;
  field: Field;
  assertion: Assertion;
  /** What it was read from, e.g. a number with its range: "ALT 340 U/L (10-125), H". */
  detail?: string;
  /** True when the vet set the assertion. */
  corrected?: boolean;
  /** Told as more than about a month past: it may explain, but threatens no longer. */
  longAgo?: true;
};

/** A measured value as read, shown with H/L and the range that was used. */
export type Measurement = {
  analyte: string;
  label: string;
  value: number;
  unit: string;
  /** As typed, before conversion. */
  original: { value: number; unit: string | null };
  range: { low: number | null; high: number | null; source: 'printed' | 'clinic' | 'built-in' } | null;
  flag: 'H' | 'L' | 'normal' | null;
  /** Why it was not used, e.g. implausible. */
  query?: string;
  start: number;
  end: number;
  field: Field;
};

/** A stretch of text that the engine did not use. */
export type UnusedText = { text: string; start: number; end: number; field: Field };

/** Signalment as understood: what every gate and multiplier reads. */
export type Signalment = {
  species: Species;
  /** One animal, or several when `exotic`/`other` could not be resolved. */
  animals: Animal[];
  /** False when `exotic`/`other` stayed open: everything is kept and labelled so. */
  resolved: boolean;
  breedId: string | null;
  breedGroups: string[];
  sex: Sex | null;
  ageYears: number | null;
  weightKg: number | null;
};

export type Extraction = {
  signalment: Signalment;
  /**
   * Years: how young the patient may be where `signalment.ageYears` is only what a stage of life ("foal", "puppy")
   * typically means. An age limit must not be taken as exceeded by a guess.
   */
  youngestYears?: number;
  findings: ExtractedFinding[];
  measurements: Measurement[];
  notUsed: UnusedText[];
};

/** Evidence of one finding for or against one condition. `weight` is natural log units, signed. */
export type Evidence = { finding: string; label: string; text: string; weight: number };

export type Band = 'leading' | 'likely' | 'possible' | 'less likely';

export type Diagnosis = {
  id: string;
  name: string;
  synonyms: string[];
  /** 0-100 unrounded; null for protocol and ai. */
  probability: number | null;
  /** Protocol points 0-99; null for the others. */
  points: number | null;
  band: Band | null;
  urgent: boolean;
  notices: string[];
  reasoning: string;
  /** Of a protocol: the keywords that match, with their points. */
  findingsFor: Evidence[];
  /** Of a protocol: the keywords that do not match, with weight 0. */
  findingsAgainst: Evidence[];
  /** Labels of important findings stated in the case that this condition does not explain. */
  unexplained: string[];
  suggestedTests: { id: string; name: string; tier: number; purpose: string }[];
  treatmentPlan: { stabilise: string[]; treat: string[]; monitor: string[] };
  references: { title: string; url: string }[];
  /** "unreviewed" until a veterinarian has reviewed the entry. */
  review: string;
  /** Prior and signalment multipliers, visible to the vet ("sex F x1.5"). */
  signalment: { factor: string; multiplier: number }[];
};

export type RedFlagHit = {
  id: string;
  title: string;
  why: string;
  excludeBy: string;
  doNow: string;
  reference: { title: string; url: string } | null;
  /** The findings in the case that raised it. */
  findings: string[];
};

export type NextQuestion = {
  finding: string;
  question: string;
  /** The two candidates it separates best. */
  separates: [string, string];
  /** The test that would answer it, cheapest first; null when the vet can look or ask. */
  test: { id: string; name: string; tier: number } | null;
};

export type AnalysisResult = {
  engine: 'knowledge' | 'protocol' | 'ai';
  version: string;
  summary: string;
  redFlags: RedFlagHit[];
  diagnoses: Diagnosis[];
  /** Percent mass of "other, not in this knowledge base"; 0 for protocol. */
  other: number;
  findings: ExtractedFinding[];
  measurements: Measurement[];
  notUsed: string[];
  /** Positions of `notUsed`, for highlighting. */
  notUsedSpans: UnusedText[];
  nextQuestions: NextQuestion[];
  /** Conditions ruled out by species or sex although their findings fit, with the reason. */
  excluded: { id: string; name: string; reason: string }[];
  /** Short notes to show above the list: too few findings, animal not resolved, implausible values. */
  notices: string[];
  signalment: Signalment;
};
