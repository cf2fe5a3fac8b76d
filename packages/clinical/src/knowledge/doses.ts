/**
 * Finds drug amounts, rates and intervals in text. The knowledge base must hold none: a dose that nobody checked
 * is worse than no dose. Laboratory concentrations and referenced toxic thresholds are allowed.
 */

/** An amount per body weight or surface, or a rate of infusion. */
const PER_WEIGHT =
  /\d\s*(?:-|–|to)?\s*\d*\s*(?:mg|mcg|µg|μg|ug|g|ml|mL|IU|U|units?|mEq|mmol|drops?|tablets?)\s*(?:\/|per)\s*(?:kg|m2|m²|lb|animal|cat|dog|horse|cow)\b/i;
const RATE =
  /\d\s*(?:mg|mcg|µg|μg|ug|ml|mL|IU|U|mEq)\s*(?:\/\s*kg)?\s*\/\s*(?:h|hr|hour|min|minute|day|d)\b/i;
/** A bare amount of a drug; concentrations ("µg/dL") are none. */
const AMOUNT =
  /\d\s*(?:mg|mcg|µg|μg|IU|tablets?|capsules?|ampoules?|vials?)\b(?!\s*(?:\/|per)\s*(?:d?L|l|mL|ml|mmol|g)\b)|\b(?:half a|one|two)\s+(?:tablets?|capsules?)\b/;
/** An interval of dosing. */
const INTERVAL =
  /\bq\.?\s?\d+\s?(?:-\s?\d+\s?)?(?:h|hr|hrs|hours?|d|days?|min|wk|weeks?)\b|\b(?:BID|TID|QID|EOD)\b|\bSID\b|\b[bqts]\.i\.d\.|\bevery\s+(?:\d+|two|three|four|six|eight|twelve)(?:\s*(?:-|to)\s*\d+)?\s*(?:hours?|hrs?|h)\b|\b(?:once|twice|three times|four times)\s+(?:a\s+day|daily)\b/i;

/**
 * What makes an amount a measurement, directly before it: "urine output under 0.5 ml/kg/h", "water intake above". Only
 * comparing words may stand between, so that a line that merely speaks of urine or water carries no dose.
 */
const MEASURED =
  /\b(?:urine|urinary|water|milk|fluid|food|output|intake|production|volume|drinks?|drinking|excret\w+|clearance|loss|losses)\W+(?:(?:a|day|daily|of|is|was|at|least|most|above|below|under|over|more|less|than|exceeding|exceeds|about|around|up|to|from|between|greater|and|or)\W+)*$/i;
/** A referenced toxic threshold: "toxic from 20 mg/kg of theobromine", "signs after ingestion of 40 mg/kg". */
const THRESHOLD =
  /\b(?:toxic|threshold|lethal|ingest(?:s|ed|ion|ing)?|eaten)\b(?:\W+(?!give|use|treat|then|dose)\w+){0,5}\W*$/i;

/** A drug amount found in a line; `null` when there is none. */
export function findDose(line: string): string | null {
  const text = line.replace(/^\s*#.*$/, '');
  const interval = INTERVAL.exec(text);
  if (interval && !isFrequencyOfSign(text, interval.index)) return interval[0];
  for (const pattern of [PER_WEIGHT, RATE, AMOUNT]) {
    for (const amount of text.matchAll(new RegExp(pattern, `${pattern.flags}g`)))
      if (!isMeasurement(text.slice(0, amount.index))) return amount[0];
  }
  return null;
}

/** Judged by the words of the same clause that lead up to the amount; the digits before the last are of the number itself. */
function isMeasurement(before: string): boolean {
  const lead = (/[^;:.,()]*$/.exec(before.replace(/[\d.,]+(?:\s*(?:-|–|to)\s*)?$/, ''))?.[0] ?? '').slice(
    -80,
  );
  return MEASURED.test(`${lead} `) || THRESHOLD.test(lead);
}

/** "urinating every 2 hours" and "recheck twice daily temperature" describe the patient, not a drug. */
function isFrequencyOfSign(text: string, at: number): boolean {
  return /\b(?:urinat\w*|walk\w*|drink\w*|eat\w*|feed\w*|fed|vomit\w*|seizures?|meals?|monitor\w*|check\w*|re-?check\w*|measure\w*|turn\w*|weigh\w*|observe\w*)\W+(?:\w+\W+){0,5}$/i.test(
    text.slice(Math.max(0, at - 60), at),
  );
}
