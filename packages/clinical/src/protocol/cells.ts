/** What one cell of a protocol means. Each reader returns undefined after having reported what is wrong. */
import { ANIMALS, type Animal, EXOTIC_ANIMALS, OTHER_ANIMALS, SEXES, type Sex } from '../animals.ts';
import type { ProtocolKeyword } from './types.ts';

/** "12.5", "12,5", "12.5 %". Null when it is no plain decimal number. */
export function readNumber(text: string): number | null {
  const match = /^\s*([+-]?\d+(?:[.,]\d+)?)\s*%?\s*$/.exec(text);
  return match?.[1] === undefined ? null : Number(match[1].replace(',', '.'));
}

/** Parts separated by `;`, `|`, line breaks, and commas where `commas` says so; trimmed, empty ones left out. */
export function readList(text: string, commas: boolean): string[] {
  return text
    .split(commas ? /[;|,\n]/ : /[;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * `murmur` · `murmur:30` (own weight) · `NO murmur` (explicitly absent). Lower-case "no appetite" is the sign and
 * is left to the text engine, which knows such phrases.
 */
export function readKeyword(raw: string): ProtocolKeyword {
  const own = /^(.*\D)\s*:\s*(\d+(?:[.,]\d+)?)$/s.exec(raw);
  const phrase = (own?.[1] ?? raw).trim();
  const negated = /^NO\s+(?=\S)/.test(phrase);
  return {
    raw,
    text: negated ? phrase.replace(/^NO\s+/, '') : phrase,
    negated,
    weight: own?.[2] === undefined ? null : Number(own[2].replace(',', '.')),
  };
}

const SPECIES_WORDS: Record<string, readonly Animal[]> = {
  canine: ['dog'],
  cao: ['dog'],
  feline: ['cat'],
  gato: ['cat'],
  equine: ['horse'],
  cavalo: ['horse'],
  bovine: ['cow'],
  cattle: ['cow'],
  vaca: ['cow'],
  coelho: ['rabbit'],
  avian: ['bird'],
  ave: ['bird'],
  exotic: EXOTIC_ANIMALS,
  other: OTHER_ANIMALS,
  reptile: ['tortoise', 'lizard', 'snake'],
  rodent: ['guinea_pig', 'hamster', 'rat', 'chinchilla'],
  ovine: ['sheep'],
  caprine: ['goat'],
  porcine: ['pig'],
  alpaca: ['camelid'],
  llama: ['camelid'],
};
const EVERY = new Set(['all', 'any', '*', 'todos']);

/** "dog; cat". Null means every animal; the unknown word when there is one. */
export function readAnimals(text: string): { animals: Animal[] | null } | { unknown: string } {
  const found = new Set<Animal>();
  for (const part of readList(text.replaceAll('/', ';'), true)) {
    const word = plain(part);
    if (EVERY.has(word)) return { animals: null };
    const animals = animalsOf(word) ?? animalsOf(word.replace(/s$/, ''));
    if (!animals) return { unknown: part };
    for (const animal of animals) found.add(animal);
  }
  return { animals: found.size === 0 ? null : [...found] };
}

function animalsOf(word: string): readonly Animal[] | undefined {
  const id = word.replaceAll(' ', '_');
  return ANIMALS.filter((a) => a === id).length > 0 ? [id as Animal] : SPECIES_WORDS[word];
}

const SEX_WORDS: Record<string, readonly Sex[]> = {
  male: ['M', 'MN'],
  female: ['F', 'FS'],
  'male entire': ['M'],
  'entire male': ['M'],
  'intact male': ['M'],
  'male intact': ['M'],
  me: ['M'],
  mi: ['M'],
  mc: ['MN'],
  'male neutered': ['MN'],
  'neutered male': ['MN'],
  'female entire': ['F'],
  'entire female': ['F'],
  'intact female': ['F'],
  'female intact': ['F'],
  fe: ['F'],
  fi: ['F'],
  fn: ['FS'],
  'female spayed': ['FS'],
  'spayed female': ['FS'],
  'female neutered': ['FS'],
  'neutered female': ['FS'],
};

/** "F; FS", "male". Null means every sex; the unknown word when there is one. */
export function readSexes(text: string): { sexes: Sex[] | null } | { unknown: string } {
  const found = new Set<Sex>();
  for (const part of readList(text.replaceAll('/', ';'), true)) {
    const word = plain(part);
    if (EVERY.has(word) || word === 'both') return { sexes: null };
    const sexes = SEXES.filter((s) => s.toLowerCase() === word);
    for (const sex of sexes.length > 0 ? sexes : (SEX_WORDS[word] ?? [])) found.add(sex);
    if (sexes.length === 0 && !SEX_WORDS[word]) return { unknown: part };
  }
  return { sexes: found.size === 0 ? null : [...found] };
}

/** Years: "2", "2,5", "6 months", "8 wk". Null when it is no age. */
export function readAge(text: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*([a-z]*)\.?\s*$/i.exec(text);
  if (match?.[1] === undefined) return null;
  const value = Number(match[1].replace(',', '.'));
  const unit = match[2]?.toLowerCase() ?? '';
  if (/^(?:|y|yr|yrs|year|years|yo|a|ano|anos)$/.test(unit)) return value;
  if (/^(?:m|mo|mos|mth|mths|month|months|mes|meses)$/.test(unit)) return value / 12;
  if (/^(?:w|wk|wks|week|weeks|sem|semana|semanas)$/.test(unit)) return value / 52;
  if (/^(?:d|day|days|dia|dias)$/.test(unit)) return value / 365;
  return null;
}

/** Null when it is neither yes nor no. */
export function readYes(text: string): boolean | null {
  const word = plain(text);
  if (['yes', 'y', 'true', '1', 'x', 'sim', 's'].includes(word)) return true;
  return ['', 'no', 'n', 'false', '0', 'nao', '-'].includes(word) ? false : null;
}

/** Lower case without accents, single spaces. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim();
}
