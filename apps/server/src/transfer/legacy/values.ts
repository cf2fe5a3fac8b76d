/** Reads what people typed into the original: weights, species, sexes, times. Pure. */
import type { Sex, Species } from '@mozarela/clinical/animals';

const KG = { kg: 1, lb: 0.45359237, g: 0.001, oz: 0.028349523125 };
const UNITS: [RegExp, number][] = [
  [/^(kgs?|kilos?|quilos?|kilogra?m+a?s?)\.?$/, KG.kg],
  [/^(lbs?|pounds?|libras?)\.?$/, KG.lb],
  [/^(g|gr|gms?|gra?m+a?s?)\.?$/, KG.g],
  [/^(oz|ounces?|onças?)\.?$/, KG.oz],
];
/** The contract's limit. */
const MAX_KG = 5000;
const GRAMS_A_KG = 1000;

/**
 * A weight as typed: "12,5", "6 kg", "12 lbs", 4.2. Without a unit it is kilograms; a comma is a decimal one.
 * @returns kilograms rounded to a gram, and whether the text says just that; null when it is something else
 */
export function readWeight(typed: string): { kg: number; plain: boolean } | null {
  const text = typed.normalize('NFKC').trim().toLowerCase();
  const [, digits = '', word = ''] = /^(\d{1,6}(?:[.,]\d{1,6})?)\s*([\p{L}]*\.?)$/u.exec(text) ?? [];
  const factor = word === '' ? KG.kg : UNITS.find(([pattern]) => pattern.test(word))?.[1];
  if (digits === '' || factor === undefined) return null;
  const kg = Math.round(Number(digits.replace(',', '.')) * factor * GRAMS_A_KG) / GRAMS_A_KG;
  if (kg <= 0 || kg > MAX_KG) return null;
  return { kg, plain: /^\d+(\.\d+)?( ?kg)?$/.test(text) };
}

const SPECIES_WORDS: Record<Species, string> = {
  dog: 'dog dogs canine canis cao cachorro cadela perro puppy',
  cat: 'cat cats feline felis gato gata kitten',
  horse: 'horse horses equine cavalo egua caballo pony',
  cow: 'cow cows cattle bovine vaca boi bull calf',
  rabbit: 'rabbit rabbits coelho conejo lagomorph',
  bird: 'bird birds avian ave passaro parrot papagaio chicken galinha',
  exotic:
    'exotic exotics exotico ferret furao guinea_pig porquinho_da_india hamster rat chinchilla hedgehog ourico ' +
    'tortoise turtle tartaruga lizard lagarto snake cobra',
  other: 'other outro otro sheep ovelha goat cabra pig porco camelid alpaca llama donkey burro',
};
const SPECIES_BY_WORD = new Map(
  Object.entries(SPECIES_WORDS).flatMap(([species, words]) =>
    words.split(' ').map((word): [string, Species] => [word, species as Species]),
  ),
);
/** Words that only repeat the species; any other one says more than the list does and is kept. */
const SAYS_NO_MORE: Set<string> = new Set([
  ...[
    'dog',
    'cat',
    'horse',
    'cow',
    'rabbit',
    'bird',
    'exotic',
    'other',
    'canine',
    'feline',
    'equine',
    'bovine',
  ],
]);

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');

/**
 * The species of the list for a typed one.
 * @returns `word`: what was typed, when it says something that the species does not; `known` false: no list has it
 */
export function readSpecies(typed: string): { species: Species; word: string | null; known: boolean } {
  const species = SPECIES_BY_WORD.get(fold(typed));
  const word = SAYS_NO_MORE.has(fold(typed)) ? null : typed.trim();
  return { species: species ?? 'other', word, known: species !== undefined };
}

/** The recorded sex; null when the text is none. */
export function readSex(typed: string): Sex | null {
  const text = fold(typed).replaceAll('_', ' ');
  const neutered = /neuter|castrad|castrat|spay|esteriliz|\b(mn|mc|fs|fn|sf)\b/.test(text);
  if (/^(fs|fn|sf|f)\b|female|femea|hembra|cadela|gata/.test(text)) return neutered ? 'FS' : 'F';
  if (/^(mn|mc|m)\b|male|macho/.test(text)) return neutered ? 'MN' : 'M';
  return null;
}

/** Earlier than this a number of milliseconds is a number of seconds. */
const EARLIEST_MS = Date.UTC(1990, 0);
const LATEST_MS = Date.UTC(2100, 0);
const plausible = (ms: number) => Number.isFinite(ms) && ms >= EARLIEST_MS && ms < LATEST_MS;

/**
 * A time as stored: milliseconds, seconds, microseconds, or ISO 8601 text.
 * @returns milliseconds since 1970 and whether they were stored as such; null when it is no time after 1990
 */
export function readTime(stored: unknown): { ms: number; plain: boolean } | null {
  const text = typeof stored === 'string' ? stored.trim() : '';
  const number =
    typeof stored === 'string' ? (/^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN) : Number(stored);
  if (stored !== null && Number.isFinite(number))
    for (const factor of [1, 1000, 1 / 1000]) {
      const ms = Math.round(number * factor);
      if (plausible(ms)) return { ms, plain: factor === 1 && typeof stored === 'number' };
    }
  if (/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) {
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10))
      ? text
      : `${text.slice(0, 10)}T${text.slice(11) || '00:00'}Z`;
    const ms = Date.parse(zoned.replace(' ', 'T'));
    if (plausible(ms)) return { ms, plain: false };
  }
  return null;
}
