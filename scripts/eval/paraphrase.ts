/**
 * The same case in other words, by rule and without chance: an engine that understands a note gives the same answer.
 * The replacements are what people do to notes; none is read from the knowledge base.
 */
import type { CaseInput } from '../../packages/clinical/src/types.ts';

export const PARAPHRASES = {
  terse: (c: CaseInput) => inText(c, terse),
  noisy: (c: CaseInput) => withAsides(inText(c, misspelt)),
  reordered: (c: CaseInput) => inText(c, reordered),
  abbreviated: (c: CaseInput) => inText(c, (text) => replaced(text, SHORTHAND)),
  plain: (c: CaseInput) => inText(c, (text) => replaced(text, PLAIN_WORDS)),
} as const satisfies Record<string, (c: CaseInput) => CaseInput>;
export type Paraphrase = keyof typeof PARAPHRASES;

function inText(input: CaseInput, change: (text: string) => string): CaseInput {
  return {
    ...input,
    clinicalSigns: change(input.clinicalSigns),
    labFindings: input.labFindings ? change(input.labFindings) : input.labFindings,
  };
}

const FILLERS =
  /\b(?:the|a|an|is|are|was|were|has been|have been|had been|has|had|have|he|she|it|his|her|its|their|owners?|says?|reports?|reported|noticed|that|presented for|presented with|also|very|quite|rather)\b\s*/gi;

/** A telegram: the words that carry no finding left out. */
function terse(text: string): string {
  return text.replace(FILLERS, '').replace(/ {2,}/g, ' ').trim();
}

/** In each fifth long word two letters change places; capitals are gone. */
function misspelt(text: string): string {
  let long = 0;
  return text.toLowerCase().replace(/\p{L}{8,}/gu, (word) => {
    long++;
    if (long % 5 !== 0) return word;
    const at = Math.floor(word.length / 2);
    return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  });
}

function withAsides(input: CaseInput): CaseInput {
  const before = 'seen today, insured, owner very worried. ';
  const after = ' owner goes on holiday next week and will phone for the results.';
  return { ...input, clinicalSigns: before + input.clinicalSigns + after };
}

/** Sentences told in another order: the odd ones first, then the even ones. */
function reordered(text: string): string {
  const sentences = text.split(/(?<=[.;!?])\s+(?=\p{Lu})/u);
  const odd = sentences.filter((_, i) => i % 2 === 1);
  return [...odd, ...sentences.filter((_, i) => i % 2 === 0)].join(' ');
}

type Replacement = readonly [RegExp, string];

const SHORTHAND: readonly Replacement[] = [
  [/\bvomiting\b/gi, 'V+'],
  [/\bdiarrhoe?a\b/gi, 'D+'],
  [/\b(?:polyuria and polydipsia|polyuria\/polydipsia)\b/gi, 'PU/PD'],
  [/\btemperature\b/gi, 'T'],
  [/\bheart rate\b/gi, 'HR'],
  [/\brespiratory rate\b/gi, 'RR'],
  [/\bmucous membranes?\b|\bgums\b/gi, 'MM'],
  [/\bcapillary refill time\b/gi, 'CRT'],
  [/\blymph nodes\b/gi, 'LNs'],
  [/\blymph node\b/gi, 'LN'],
  [/\babdomen\b/gi, 'abdo'],
  [/\bwithin normal limits\b/gi, 'WNL'],
  [/\bwithout\b/gi, 'w/o'],
  [/\bwith\b/gi, 'w/'],
  [/\bbody condition score\b/gi, 'BCS'],
  [/\bradiographs?\b|\bX-rays?\b/gi, 'rads'],
  [/\bultrasound\b/gi, 'U/S'],
  [/\b(\d+)\s*weeks?\b/gi, '$1 wk'],
  [/\b(\d+)\s*days?\b/gi, '$1d'],
  [/\b(\d+)\s*months?\b/gi, '$1 mo'],
  [/\bleft\b/gi, 'L'],
  [/\bright\b/gi, 'R'],
  [/\bappetite\b/gi, 'app'],
  [/\bbilateral\b/gi, 'bilat'],
  [/\bhistory\b/gi, 'Hx'],
  [/\btreatment\b/gi, 'Tx'],
];

const PLAIN_WORDS: readonly Replacement[] = [
  [/\banorexi[ac]\b/gi, 'not eating'],
  [/\blethargic\b/gi, 'very quiet'],
  [/\blethargy\b/gi, 'no energy'],
  [/\bpolyuria\b/gi, 'urinating a lot'],
  [/\bpolydipsia\b/gi, 'drinking a lot'],
  [/\bdyspno?ea\b/gi, 'difficulty breathing'],
  [/\btachypno?ea\b/gi, 'fast breathing'],
  [/\btachycardi[ac]\b/gi, 'fast heart rate'],
  [/\bfebrile\b|\bpyrexi[ac]\b/gi, 'feverish'],
  [/\balopecia\b/gi, 'hair loss'],
  [/\bpruritus\b/gi, 'itching'],
  [/\bpruritic\b/gi, 'itchy'],
  [/\bicteric\b|\bjaundiced\b/gi, 'yellow gums'],
  [/\bepistaxis\b/gi, 'nosebleed'],
  [/\bha?ematuria\b/gi, 'blood in urine'],
  [/\bmela?ena\b/gi, 'black tarry stool'],
  [/\bataxia\b/gi, 'unsteady gait'],
  [/\bataxic\b/gi, 'wobbly'],
  [/\bsyncope\b/gi, 'fainting'],
  [/\bseizures?\b/gi, 'fits'],
  [/\bptyalism\b|\bhypersalivation\b/gi, 'drooling'],
  [/\bemaciated\b/gi, 'very thin'],
  [/\berythema\b/gi, 'red skin'],
  [/\bmiosis\b/gi, 'small pupils'],
  [/\bmydriasis\b/gi, 'dilated pupils'],
  [/\bascites\b/gi, 'fluid in abdomen'],
];

function replaced(text: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((t, [from, to]) => t.replace(from, to), text);
}
