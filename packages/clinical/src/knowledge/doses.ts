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

/** Expressions that look like amounts and are measurements: urine output, water intake, excretion, toxic thresholds. */
const ALLOWED =
  /urine|urinary output|water|drink|intake|excret|toxic|threshold|lethal|ingest|milk|output|clearance|protein loss/i;

/** A drug amount found in a line; `null` when there is none. */
export function findDose(line: string): string | null {
  const text = line.replace(/^\s*#.*$/, '');
  const interval = INTERVAL.exec(text);
  if (interval && !isFrequencyOfSign(text, interval.index)) return interval[0];
  const amount = PER_WEIGHT.exec(text) ?? RATE.exec(text) ?? AMOUNT.exec(text);
  if (amount && !ALLOWED.test(text)) return amount[0];
  return null;
}

/** "urinating every 2 hours" and "recheck twice daily temperature" describe the patient, not a drug. */
function isFrequencyOfSign(text: string, at: number): boolean {
  return /\b(?:urinat\w*|walk\w*|drink\w*|eat\w*|feed\w*|fed|vomit\w*|seizures?|meals?|monitor\w*|check\w*|re-?check\w*|measure\w*|turn\w*|weigh\w*|observe\w*)\W+(?:\w+\W+){0,5}$/i.test(
    text.slice(Math.max(0, at - 60), at),
  );
}
