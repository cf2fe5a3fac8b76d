/**
 * Takes drug amounts, rates, intervals and durations of treatment out of a model's text: a dose that nobody checked is
 * worse than none. Concentrations of a laboratory ("3.2 mmol/L", "5.8 ug/dL") and measurements of a patient stay.
 */

export const REMOVED = '[amount removed]';
/** Stands for it while the text is searched further: no word of a pattern. */
const MARK = '\ue000';

/** A hyphen, a dash or a minus sign, as models and word processors write them. */
const DASH = '-\\u2010-\\u2015\\u2212';
/** Between the words of one amount or interval: "10 mg", "10-mg", "twice-daily". */
const GAP = `[${DASH}\\s]?`;

const NUMBER_WORD =
  'half|quarter|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|hundred|meio|meia|um|uma|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|vinte|cem';
const NUMBER = `(?:\\d+(?:[.,]\\d+)?|[½¼¾])(?:\\s?(?:[${DASH}]|to|a|até)\\s?\\d+(?:[.,]\\d+)?)?|(?:${NUMBER_WORD})(?:${GAP}an?| de)?`;
const MASS =
  'mg|mcg|µg|μg|ug|ng|g|grams?|gramas?|milligrams?|miligramas?|micrograms?|microgramas?|iu|i\\.u\\.|ui|u|units?|unidades?|meq|mmol|ml|millilit(?:er|re)s?|mililitros?|cc|l|drops?|gotas?|tablets?|tabs?|comprimidos?|capsules?|cápsulas?|ampoules?|ampolas?|vials?|puffs?|sachets?|pipettes?';
const BODY =
  'kg|kilos?|kilograms?|quilos?|quilogramas?|lbs?|m2|m²|animal|cat|dog|horse|cow|bird|rabbit|gato|cão|cavalo';
const TIME = 'h|hr|hrs|hours?|horas?|min|mins|minutes?|minutos?|day|days|d|dia|dias';
const PER = '\\s?(?:\\/|per|por|a)\\s?';

const pattern = (body: string) => new RegExp(`(?<![\\p{L}\\p{N}.,])(?:${body})(?![\\p{L}\\p{N}])`, 'giu');

/** Per body weight, with whatever time follows: "0.5 mg/kg", "5 ml/kg/h", "ten milligrams per kilogram". */
const PER_WEIGHT = pattern(`(?:${NUMBER})${GAP}(?:${MASS})${PER}(?:${BODY})(?:${PER}(?:${TIME}))?`);
/** A rate of infusion: "10 ml/h"; not "5 g/dL". */
const RATE = pattern(`(?:${NUMBER})${GAP}(?:${MASS})${PER}(?:${TIME})`);
/** An amount by itself: "50 mg", "2 tablets", "500 IU"; not per volume, which is a concentration. */
const AMOUNT = new RegExp(
  `(?<![\\p{L}\\p{N}.,])(?:${NUMBER})${GAP}(?:mg|mcg|µg|μg|ug|grams?|gramas?|milligrams?|miligramas?|micrograms?|microgramas?|iu|i\\.u\\.|ui|units?|unidades?|meq|drops?|gotas?|tablets?|tabs?|comprimidos?|capsules?|cápsulas?|ampoules?|ampolas?|vials?|puffs?)(?![\\p{L}\\p{N}]|\\s?(?:\\/|per\\s)\\s?(?:d?l|ml|µl|ul|mmol|g|l)\\b)`,
  'giu',
);
/** A volume or a mass with a route or a fluid behind it: "200 ml IV", "2 g PO", "a 90 ml bolus". */
const ROUTE =
  'iv|i\\.v\\.|im|i\\.m\\.|sc|s\\.c\\.|sq|po|p\\.o\\.|per os|orally|oral|topically|bolus|boluses|intraven\\p{L}*|subcut\\p{L}*|intramusc\\p{L}*|of (?:saline|ringer|lactated|hartmann|dextrose|glucose|crystalloid|plasma|blood|fluids?)';
const WITH_ROUTE = pattern(`(?:${NUMBER})${GAP}(?:ml|l|g|cc|mmol|u)(?:[${DASH}\\s](?:${ROUTE}))`);
const INTERVAL = pattern(
  [
    `q\\.?${GAP}\\d+(?:\\s?(?:[${DASH}]|to)\\s?\\d+)?${GAP}(?:h|hr|hrs|hours?|d|days?|min|wk|weeks?)`,
    '[btq]id|[bstq]\\.i\\.d\\.?|eod|qd|q\\.d\\.?',
    `(?:once|twice|(?:two|three|four|\\d)[${DASH}\\s]times|1x|2x|3x|4x)${GAP}(?:a|per|\\/)?${GAP}(?:day|daily|week|weekly)`,
    '(?:uma|duas|três|quatro|\\d)\\s?(?:vez|vezes|x)\\s?(?:ao|por|\\/)\\s?(?:dia|semana)',
    `every\\s(?:other\\sday|(?:${NUMBER})${GAP}(?:${TIME}))`,
    `(?:a\\s)?cada\\s(?:${NUMBER})\\s?(?:${TIME})|de\\s\\d+\\sem\\s\\d+\\s(?:horas?|h)|\\d+\\/\\d+\\s?(?:h|horas)`,
  ].join('|'),
);
/** "SID" is also a word of owners' names and lower-case text; a dose writes it in capitals. */
const SID = /(?<![\p{L}\p{N}])(?:SID|BID|TID|QID)(?![\p{L}\p{N}])/gu;
/** A duration or a route that belongs to an amount that was removed. */
const TAIL = new RegExp(
  `${MARK}(?:[\\s,]*(?:(?:for|durante|por)\\s(?:${NUMBER})${GAP}(?:days?|weeks?|months?|dias?|semanas?|meses)(?![\\p{L}\\p{N}])|(?:iv|im|sc|sq|po)(?![\\p{L}\\p{N}])|${MARK}))+`,
  'giu',
);

/** What describes the patient rather than a drug, in the words just before. */
const OF_THE_PATIENT =
  /(?:urin\p{L}*|output|intake|drink\p{L}*|diurese|ingestão|consumption|weigh\p{L}*|peso|drained|removed|aspirated|effusion)\W+(?:[\p{L}\p{N}<>=~.]+\W+){0,4}$/iu;
/** "urinating every 2 hours", "seizures twice a day", "monitor every 4 hours" */
const OF_A_SIGN =
  /(?:urinat\p{L}*|defecat\p{L}*|walk\p{L}*|eat\p{L}*|fe(?:ed|d)\p{L}*|vomit\p{L}*|cough\p{L}*|seizures?|convuls\p{L}*|meals?|monitor\p{L}*|check\p{L}*|measur\p{L}*|weigh\p{L}*|observ\p{L}*|estrus|oestrus|heat|urina\p{L}*|vomita\p{L}*|come)\W+(?:\p{L}+\W+){0,3}$/iu;

export type Stripped = { text: string; removed: number };

/** Takes the amounts out; `removed` counts them. */
export function stripDoses(original: string): Stripped {
  let removed = 0;
  const without = (text: string, what: RegExp, kept: RegExp) =>
    text.replace(what, (match, ...rest) => {
      const at = rest.find((value) => typeof value === 'number') as number;
      if (kept.test(text.slice(Math.max(0, at - 60), at))) return match;
      removed += 1;
      return MARK;
    });
  let text = original;
  for (const what of [PER_WEIGHT, RATE, WITH_ROUTE, AMOUNT]) text = without(text, what, OF_THE_PATIENT);
  for (const what of [INTERVAL, SID]) text = without(text, what, OF_A_SIGN);
  return { text: text.replace(TAIL, MARK).replaceAll(MARK, REMOVED), removed };
}
