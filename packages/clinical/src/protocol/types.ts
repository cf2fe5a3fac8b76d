/** A clinic's own protocol as read from its CSV. */
import type { Animal, Sex } from '../animals.ts';

/** 1-based place in the original file; `column` counts characters of the line. */
export type CsvIssue = { line: number; column: number; message: string };

export type ProtocolKeyword = {
  /** As typed: "murmur:30", "NO vomiting". */
  raw: string;
  /** What is looked for: "murmur", "vomiting". */
  text: string;
  /** `NO x`: counts when x is explicitly absent. */
  negated: boolean;
  /** The keyword's own weight; null for the row's. */
  weight: number | null;
};

export type ProtocolRow = {
  /** Where the row starts in the file. */
  line: number;
  disease: string;
  keywords: ProtocolKeyword[];
  baseProbability: number;
  matchWeight: number;
  suggestedTests: string[];
  treatmentPlan: string[];
  /** Null: every animal. */
  animals: Animal[] | null;
  /** Null: every sex. */
  sexes: Sex[] | null;
  /** Years. */
  ageMin: number | null;
  ageMax: number | null;
  breeds: string[];
  excludeKeywords: ProtocolKeyword[];
  cannotMiss: boolean;
  refs: string[];
};

export type ParsedProtocol = {
  rows: ProtocolRow[];
  /** Number of data rows in the file, blank ones not counted, broken ones included. */
  rowCount: number;
  /** With any error the protocol must not be used. */
  errors: CsvIssue[];
  warnings: CsvIssue[];
};
