/** Ages as typed: "7 y", "3 mo", "2 years 3 months", "10 weeks", "2,5 anos", "puppy". Years are the unit. */
import type { Species } from '../animals.ts';
import { normalise } from './normalise.ts';
import { type Token, tokenise } from './tokens.ts';

const UNITS: Record<string, number> = {};
const unit = (years: number, words: string) => {
  for (const word of words.split(' ')) UNITS[word] = years;
};
unit(1, 'y yo yr yrs year years ys ano anos a yro');
unit(1 / 12, 'mo mos month months mth mths m mes meses moo');
unit(7 / 365.25, 'wk wks week weeks w wo semana semanas sem');
unit(1 / 365.25, 'd day days do dia dias');

const NUMBER_WORDS: Record<string, number> = {};
'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen'
  .split(' ')
  .forEach((word, n) => {
    NUMBER_WORDS[word] = n;
  });
'um dois tres quatro cinco seis sete oito nove dez onze doze'.split(' ').forEach((word, n) => {
  NUMBER_WORDS[word] = n + 1;
});
NUMBER_WORDS.uma = 1;
NUMBER_WORDS.duas = 2;

/** Life stages in years where no number is given: young, and old by species. */
const YOUNG =
  /^(?:puppy|puppies|pup|kitten|cachorro|cachorrinho|gatinho|juvenile|foal|calf|lamb|kid|piglet|chick|leveret|cria|potro|vitelo|joven|jovem|filhote)$/;
/** Of those, the ones that a newborn is called by. */
const YOUNG_ANIMAL = /^(?!juvenile|joven|jovem)/;
const NEWBORN = /^(?:newborn|neonate|neonatal|neonato|hatchling)$/;
const OLD = /^(?:geriatric|senior|elderly|old|aged|idoso|idosa|velho|velha|geriatrico|geriatrica)$/;
/** Years from which an animal counts as old. */
export const OLD_AGE: Record<Species, number> = {
  dog: 12,
  cat: 14,
  horse: 22,
  cow: 10,
  rabbit: 8,
  bird: 20,
  exotic: 5,
  other: 10,
};
const MIDDLE_AGE = 0.55;

/** An age read at `at`: years and the number of tokens. */
export type AgeRead = { years: number; length: number };

/** Reads "7 years", "2y 3m", "7-year", "6/12", from a number on. */
export function readAge(tokens: Token[], at: number): AgeRead | null {
  const first = readPart(tokens, at);
  if (!first) return null;
  let next = at + first.length;
  if (/^(?:and|e|,|&)$/.test(tokens[next]?.text ?? '')) next++;
  const second = first.years >= 1 / 12 ? readPart(tokens, next) : null;
  if (second && second.unit < first.unit && second.years < first.unit + 1e-9)
    return { years: first.years + second.years, length: next + second.length - at };
  return { years: first.years, length: first.length };
}

function readPart(tokens: Token[], at: number): (AgeRead & { unit: number }) | null {
  const token = tokens[at];
  if (!token) return null;
  const number = token.kind === 'number' ? token.value : NUMBER_WORDS[token.text];
  if (number === undefined || Number.isNaN(number) || token.text === 'zero') return null;
  const per = tokens[at + 1]?.text === '/' && tokens[at + 1]?.glued ? tokens[at + 2]?.text : undefined;
  if (per === '12') return { years: number / 12, length: 3, unit: 1 / 12 };
  if (per === '52') return { years: number / 52, length: 3, unit: 1 / 52 };
  let length = 1;
  let amount = number;
  if (per === '2' || (tokens[at + 1]?.kind === 'number' && tokens[at + 2]?.text === '/')) {
    amount =
      per === '2' ? number / 2 : number + (tokens[at + 1] as Token).value / (tokens[at + 3]?.value || 1);
    length = per === '2' ? 3 : 4;
  }
  if (tokens[at + length]?.text === '-') length++;
  const size = UNITS[tokens[at + length]?.text ?? ''];
  return size === undefined ? null : { years: amount * size, length: length + 1, unit: size };
}

/** The age of the form's field in years, or null. A bare number is years. */
export function parseAge(text: string, species: Species): number | null {
  return parseAgeOrStage(text, species)?.years ?? null;
}

/** The same; `youngest` only where a life stage was typed instead of an age. */
export function parseAgeOrStage(
  text: string,
  species: Species,
): { years: number; youngest: number | null } | null {
  const tokens = tokenise(normalise(text), text, new Set()).filter((t) => t.kind !== 'newline');
  for (let at = 0; at < tokens.length; at++) {
    const age = readAge(tokens, at);
    if (age) return { years: round(age.years), youngest: null };
  }
  const stage = readStage(tokens, species);
  if (stage !== null) return stage;
  const bare = tokens.find((t) => t.kind === 'number' && !Number.isNaN(t.value));
  return bare && bare.value <= 100 ? { years: bare.value, youngest: null } : null;
}

const round = (years: number) => Number(years.toFixed(3));

/** The age that a life stage stands for: a typical one, and the youngest that it can mean. */
export type StageRead = { years: number; youngest: number };

/** A "young horse" is no newborn foal. */
const YOUNG_FROM = 0.2;

export function readStage(tokens: Token[], species: Species): StageRead | null {
  const texts = tokens.map((t) => t.text);
  const has = (pattern: RegExp) => texts.some((t) => pattern.test(t));
  const fixed = (years: number): StageRead => ({ years, youngest: years });
  if (texts.includes('middle') || has(/^meia$/)) return fixed(round(OLD_AGE[species] * MIDDLE_AGE));
  if (has(NEWBORN)) return { years: 0.02, youngest: 0 };
  if (has(YOUNG))
    return {
      years: 0.4,
      youngest: texts.some((t) => YOUNG.test(t) && YOUNG_ANIMAL.test(t)) ? 0 : YOUNG_FROM,
    };
  if (texts.includes('young')) return has(/^adult/) ? fixed(1.5) : { years: 0.8, youngest: YOUNG_FROM };
  if (has(OLD)) return fixed(OLD_AGE[species]);
  return has(/^(?:adult|adulto|adulta|mature)$/) ? fixed(round(OLD_AGE[species] * 0.4)) : null;
}

/** The typical age of a life stage. */
export const stageOf = (tokens: Token[], species: Species): number | null =>
  readStage(tokens, species)?.years ?? null;
