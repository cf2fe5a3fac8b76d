/**
 * Calendar dates in English and Portuguese. Ages, durations, clock times, scores such as 3/6, ratios, titres and ranges
 * stay: only what names a day, or a month of a year, or a year after a cue, is a date.
 */
import { type Prepared, type Span, spansOf } from './spans.ts';

/** Over the folded text: no accents. */
const FULL =
  'january|february|april|june|july|august|september|october|november|december|janeiro|fevereiro|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|marco';
/** Words of their own in one of the languages: a date only with a year, "de", or a capital. */
const SHORT = 'jan|feb|mar|apr|may|jun|jul|aug|sept|sep|oct|nov|dec|march|fev|abr|mai|ago|set|out|dez';
const MONTH = `(?:${FULL}|${SHORT})`;
const YEAR = '(?:19|20)\\d{2}';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const TIME = '(?:[t ,]+\\d{1,2}[:h]\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?: ?[ap]m)?(?:z|[+-]\\d{2}:?\\d{2})?)?';
const EDGE = '(?<![\\p{L}\\p{N}./-])';
const END = '(?![\\p{L}\\p{N}]|[./-]\\d)';
const dated = (body: string) => new RegExp(EDGE + body + END, 'gu');

const NUMERIC = dated(`(?<a>\\d{1,4})\\s?(?<s>[./-])\\s?(?<b>\\d{1,2})\\s?\\k<s>\\s?(?<c>\\d{2,4})${TIME}`);
const COMPACT = dated(`(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])${TIME}`);

/** With a year, or with the full name of a month, no doubt is left. */
const SURE = [
  dated(`${DAY}${MONTH}${YEAR}`),
  dated(
    `${DAY}(?:st|nd|rd|th|o|a|\\.)?[ /.-]?(?:of |de )?\\s?${MONTH}\\.?(?:[ /.,'-]+|,? de |,? of )(?:${YEAR}|\\d{2})${TIME}`,
  ),
  dated(`${DAY}(?:st|nd|rd|th|o|a)?(?: of | de |[ /.-])(?:${FULL}|march)${TIME}`),
  dated(`${DAY}(?:st|nd|rd|th)? ?(?:de |[/-])(?:${SHORT})\\.?${TIME}`),
  dated(`${DAY}(?:st|nd|rd|th) (?:of )?(?:${SHORT})\\.?${TIME}`),
  dated(`(?:${FULL}|march) (?:the )?${DAY}(?:st|nd|rd|th)?(?:,? ${YEAR})?${TIME}`),
  dated(`${MONTH}\\.? ${DAY}(?:st|nd|rd|th)?,? ${YEAR}${TIME}`),
  dated(`(?:${SHORT})\\.? ${DAY}(?:st|nd|rd|th)`),
  dated(`${MONTH}\\.?(?: |, | de | of |[/-])${YEAR}`),
  dated(`${MONTH}(?: ?'|[/-])\\d{2}`),
  dated(`(?:0[1-9]|1[0-2])[/-]${YEAR}`),
];
/** "3 Mar", "Mar 3": over the text as typed, with a capital; not "May 3 times". */
const CAPITAL = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Fev|Abr|Mai|Ago|Set|Out|Dez)';
const TYPED = [
  new RegExp(`${EDGE}${DAY} ${CAPITAL}\\.?${END}`, 'gu'),
  new RegExp(
    `${EDGE}${CAPITAL}\\.? ${DAY}(?![\\p{L}\\p{N}]|[./-]\\d|\\s?(?:times|x|days?|weeks?|h\\b|mg|ml|kg))`,
    'gu',
  ),
];

const BEFORE_DAY =
  '(?:on|since|from|until|till|by|before|after|dated|date|dia|em|desde|ate|a partir de|no dia|seen|visit|visita|recheck|surgery|operated)';
/** "since 12/03" is a day; "3/6 murmur", "lame on 3/4 legs" and "BCS 5/9" are not. */
const SHORT_NUMERIC = new RegExp(
  `(?<!\\p{L})${BEFORE_DAY}:? (?:the )?(?<at>(?<a>\\d{1,2})[/.](?<b>\\d{1,2}))(?![\\p{N}/%]|[.,]\\d| to \\d{1,2}/\\d|\\s?(?:leg|limb|feet|paw|quadrant|eye|scale|time|occasion|pulse|mm|cm|mg|ml|kg|g\\b|u\\b|mmol|°|c\\b|murmur|bcs|patas?|membros?|vezes|litter|pup|kitten))`,
  'gu',
);
const LOG_ENTRY = /(?<=^|\n)[ \t]*(?<at>(?<a>\d{1,2})\/(?<b>\d{1,2}))(?=[ \t]*[:–—-])/gu;
/** "seen in 2019", "desde 2021", "DOB 2018". */
const YEAR_ALONE =
  /(?<!\p{L})(?:in|since|em|desde|born(?: in)?|dob|nascid[oa](?: em)?|ano de|year|d\.?n\.?):? (?<at>(?:19[89]|20[0-3])\d)(?![\p{L}\p{N}]|[.,/-]\d|\s?(?:mg|ml|g\b|u\b|iu|cells|x|\/|%|kcal|mmol|ng|pg|ug|µg))/gu;

const within = (value: number, low: number, high: number) => value >= low && value <= high;

/** Whether three numbers can be a day, a month and a year in some usual order. */
function isCalendar({ groups }: RegExpExecArray): boolean {
  const [a, b, c] = [groups?.a ?? '', groups?.b ?? '', groups?.c ?? ''];
  const [x, y, z] = [Number(a), Number(b), Number(c)];
  const dayAndMonth = (p: number, q: number) =>
    (within(p, 1, 31) && within(q, 1, 12)) || (within(p, 1, 12) && within(q, 1, 31));
  if (a.length === 4) return within(x, 1900, 2099) && c.length <= 2 && dayAndMonth(y, z);
  if (a.length > 2 || !dayAndMonth(x, y)) return false;
  return c.length === 4 ? within(z, 1900, 2099) : c.length === 2 && (z <= 39 || z >= 80);
}

const isDayOfMonth = ({ groups }: RegExpExecArray): boolean => {
  const [x, y] = [Number(groups?.a), Number(groups?.b)];
  return (within(x, 1, 31) && within(y, 1, 12)) || (within(x, 1, 12) && within(y, 1, 31));
};

export function findDates({ text, folded }: Prepared): Span[] {
  return [
    ...spansOf(folded, NUMERIC, 'date', isCalendar),
    ...spansOf(folded, COMPACT, 'date'),
    ...SURE.flatMap((pattern) => spansOf(folded, pattern, 'date')),
    ...TYPED.flatMap((pattern) => spansOf(text, pattern, 'date')),
    ...spansOf(folded, SHORT_NUMERIC, 'date', isDayOfMonth),
    ...spansOf(folded, LOG_ENTRY, 'date', isDayOfMonth),
    ...spansOf(folded, YEAR_ALONE, 'date'),
  ];
}
