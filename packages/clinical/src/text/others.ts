/**
 * Words of a note that tell the sex or stage of life of another animal than the patient: its young ("calved a bull
 * calf", "foal at foot"), its mate ("mated with a male"), its dam ("foal, mare has no milk"), its company ("lives
 * with a male cat"). They must not become the patient's.
 */
import type { Species } from '../animals.ts';
import {
  BREEDING,
  CODES,
  CUT,
  DAM,
  FEMALE,
  GROWN,
  INTACT,
  isBirth,
  MALE,
  MALE_CUT,
  MATING,
  YOUNG_ANIMAL,
} from './sex-words.ts';
import type { Token } from './tokens.ts';

export type Others = {
  /** Tokens of sex, neuter status and stage of life that are not the patient's. */
  tokens: ReadonlySet<Token>;
  /** The patient gave birth. */
  gaveBirth: boolean;
  /** The sex of whom the patient was mated with; null where the note does not tell. */
  mate: 'M' | 'F' | null;
  /** The patient is the young animal of the note. */
  young: boolean;
};

const set = (words: string) => new Set(words.split(' '));
/** May stand between a preposition and the animal that it leads to. */
const LIGHT = set(
  'a an the old big large small live dead own new stud local few some two three four five six um uma o os dois duas tres young',
);
const TIME = set('d day days wk wks week weeks mo month months h hr hour hours old dias semanas meses');
const TO_ANOTHER = set('with by to from near com pelo pela por');
const ANOTHER = set(
  'another other neighbor neighbour neighbors neighbours littermate housemate outro outra vizinho',
);
const POSSESSIVE = set('her his its their seu sua');
/** "bred by the breeder" names no mate. */
const PEOPLE = set('owner owners breeder breeders farmer vet vets us client clients tutor dono');
const BORN_FROM_YEAR = 1950;
/** How many tokens apart words of one statement may stand. */
const REACH = 8;

/** Reads the opening of a note. */
export function findOthers(tokens: readonly Token[], species: Species): Others {
  const found = new Set<Token>();
  const out: Others = { tokens: found, gaveBirth: false, mate: null, young: false };
  let grownAt: number | null = null;
  let isPregnant = false;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (isBirth(token.text, species)) {
      out.gaveBirth ||= !out.young && !isDateOfBirth(tokens, at) && !isOfDam(tokens, at);
      continue;
    }
    isPregnant ||= BREEDING.test(token.text);
    const sex = sexOf(token);
    const young = YOUNG_ANIMAL.has(token.text) || (sex !== null && isJoinedToYoung(tokens, at));
    if (!young && sex === null) continue;
    const mate = sex !== null && isMate(tokens, at);
    if (mate) out.mate ??= sex;
    const beside = grownAt !== null && !isJoined(tokens, grownAt, at);
    const others =
      mate ||
      isLedTo(tokens, at, young, grownAt !== null) ||
      (young && (out.gaveBirth || out.mate === 'M' || isPregnant || beside || isOfLitter(tokens, at))) ||
      (out.gaveBirth && MALE.has(token.text)) ||
      (out.young && !young && DAM.has(token.text));
    if (others) mark(found, tokens, at);
    else if (young) out.young = true;
    else if (GROWN.has(token.text)) grownAt ??= at;
  }
  return out;
}

function sexOf({ text, upper }: Token): 'M' | 'F' | null {
  if (MALE.has(text) || MALE_CUT.has(text)) return 'M';
  if (FEMALE.has(text)) return 'F';
  const code = upper ? CODES[text] : undefined;
  return code === undefined ? null : code.startsWith('M') ? 'M' : 'F';
}

/** "foaled 2015" tells when the patient was born. */
function isDateOfBirth(tokens: readonly Token[], at: number): boolean {
  return (tokens[at + 1]?.value ?? 0) >= BORN_FROM_YEAR;
}

/** "dam whelped 5 weeks ago", "cows calved outside". */
function isOfDam(tokens: readonly Token[], at: number): boolean {
  const dam = /^(?:dam|mother|mae|bitches|queens|mares|cows|heifers|ewes|does|sows|nannies)$/;
  return tokens.slice(Math.max(0, at - 2), at).some((t) => dam.test(t.text));
}

/** "bull calf", "colt foal", "male pup": one animal in two words; "in calf heifer" is not one. */
function isJoinedToYoung(tokens: readonly Token[], at: number): boolean {
  if (YOUNG_ANIMAL.has(tokens[at + 1]?.text ?? '')) return true;
  return YOUNG_ANIMAL.has(tokens[at - 1]?.text ?? '') && tokens[at - 2]?.text !== 'in';
}

/** "heifer calf": the grown word tells of the young one. "Bitch, puppy" may be one animal, too. */
function isJoined(tokens: readonly Token[], grown: number, young: number): boolean {
  if (young - grown < 2) return true;
  const either = /^(?:bitch|queen)$/.test(tokens[grown]?.text ?? '');
  return either && young - grown === 2 && tokens[grown + 1]?.text === ',';
}

/** "with a male", "by two tom cats", "another male", "her male pup", of a grown animal "with 2 day old foal". */
function isLedTo(tokens: readonly Token[], at: number, young: boolean, grown: boolean): boolean {
  for (let i = at - 1; i >= Math.max(0, at - REACH); i--) {
    const { text, kind } = tokens[i] as Token;
    const word = text.replace(/'s?$/, '');
    if (TO_ANOTHER.has(word) || ANOTHER.has(word) || (young && POSSESSIVE.has(word))) return true;
    const skipped =
      kind === 'number' ||
      LIGHT.has(word) ||
      POSSESSIVE.has(word) ||
      INTACT.has(word) ||
      CUT.has(word) ||
      (young && (MALE.has(word) || FEMALE.has(word) || (grown && TIME.has(word))));
    if (!skipped) return false;
  }
  return false;
}

/** "foal at foot", "in calf", "no pups yet", "stuck calf". */
function isOfLitter(tokens: readonly Token[], at: number): boolean {
  const after = tokens.slice(at + 1, at + 3).map((t) => t.text);
  return (
    /^(?:in|no|first|last|retained|stuck|second|third)$/.test(tokens[at - 1]?.text ?? '') ||
    /^(?:at (?:foot|side)|ao pe)$/.test(after.join(' '))
  );
}

/** Behind "mated", "bred", "covered" with a small word in between; "bred male" is the patient. */
function isMate(tokens: readonly Token[], at: number): boolean {
  let linked = false;
  for (let i = at - 1; i >= Math.max(0, at - REACH); i--) {
    const { text } = tokens[i] as Token;
    if (/^[.,;:?!]$/.test(text) || PEOPLE.has(text)) return false;
    if (MATING.has(text)) return linked;
    linked ||= TO_ANOTHER.has(text) || LIGHT.has(text) || POSSESSIVE.has(text);
  }
  return false;
}

/** The word, and what beside it says whether that animal is neutered. */
function mark(found: Set<Token>, tokens: readonly Token[], at: number): void {
  found.add(tokens[at] as Token);
  for (const token of [tokens[at - 1], tokens[at - 2], tokens[at + 1]])
    if (token && (CUT.has(token.text) || INTACT.has(token.text))) found.add(token);
}

/** Whether the age at `at` up to `end` is told of another animal: "2 day old foal", "calf 3 days old". */
export function isAgeOfOther(tokens: readonly Token[], at: number, end: number, others: Others): boolean {
  const before = tokens[at - 1];
  if (before && others.tokens.has(before)) return true;
  for (const token of tokens.slice(end, end + 3)) {
    if (others.tokens.has(token)) return true;
    if ((token.kind === 'symbol' && token.text !== '-') || sexOf(token) !== null) return false;
  }
  return false;
}
