/** Analytes named in a sentence, and when a name that is also a word counts. */
import type { Degree, Direction } from './directions.ts';
import type { TextModel } from './model.ts';
import type { Token } from './tokens.ts';
import type { TypedValue } from './values.ts';

/** An analyte named in a sentence, or a panel of several; token indexes. */
export type Named = {
  analytes: string[];
  from: number;
  to: number;
  /** Named by a finding ("thrombocytopenia (95)"): the number must stand in parentheses or have a unit. */
  byFinding?: boolean;
};

/** A number of an analyte; the span runs from the name (or the number) to the end of the value. */
export type NumberRead = { analyte: string; from: number; to: number; typed: TypedValue };

/** A direction said of an analyte in words. */
export type WordRead = Named & {
  direction: Direction;
  degree: Degree;
  denied: boolean;
  words: [number, number];
};

export type MeasureContext = {
  model: TextModel;
  tokens: Token[];
  labs: boolean;
  /** Tokens that belong to findings. */
  taken: Uint8Array;
};

/** Names that are also words or initials of something else: only with a number, and typed in capitals. */
const AMBIGUOUS = new Set(
  'be act pt fa du ts pi se fe cc pr cr sg p r t k tp alk iron lead crit lac fib ba mg ca ck na cl mono dbp sap fr fc vg pb cu zn ua s'.split(
    ' ',
  ),
);
/** Of those, lower case is usual too when a number follows. */
const LOWER_TOO = /^(?:t|p|r|k|tp|hr|rr|ca|mg|ck|na|cl|cr|sg|fr|fc|iron|lac|crit|lead|alk|mono|fib)$/;

/** Whether a name that may be a word or initials is meant as the analyte. */
export function isNamed({ tokens, labs }: MeasureContext, { from, to }: Named): boolean {
  const token = tokens[from] as Token;
  if (from !== to || !AMBIGUOUS.has(token.text)) return true;
  return token.upper || LOWER_TOO.test(token.text) || labs;
}
