/** Who the patient is: the form's fields first, gaps filled from the note ("6yo MN Lab, 32 kg"). */
import { ANIMALS, type Animal } from '../animals.ts';
import type { CaseInput, Signalment } from '../types.ts';
import { parseAgeOrStage, readAge, readStage } from './age.ts';
import { animalsOf, findBreeds } from './breeds.ts';
import type { TextModel } from './model.ts';
import { normalise } from './normalise.ts';
import { findOthers, isAgeOfOther, type Others } from './others.ts';
import { refine } from './refine.ts';
import { readSex } from './sex.ts';
import { settleSex } from './sex-signs.ts';
import { type Token, tokenise } from './tokens.ts';

/** Tokens of the note that told who the patient is, so that they do not count as unused. */
export type SignalmentRead = {
  signalment: Signalment;
  used: Set<Token>;
  /** Years; only where the age was guessed from a stage of life that can mean a younger animal. */
  youngestYears?: number;
};

/** A life stage is the patient's only among the first words: "Foal, 2 days", not "calved, calf alive". */
const STAGE_WORDS = 6;
/** The opening of a note, where signalment stands. */
const OPENING = 45;
/** Where signs of a sex are looked for. */
const SIGNS_WITHIN = 400;
/** Under this age in years an animal has no young of its own. */
const BREEDS_FROM = 0.3;
const KG: Record<string, number> = {
  kg: 1,
  kgs: 1,
  kilo: 1,
  kilos: 1,
  kilogram: 1,
  lb: 0.4536,
  lbs: 0.4536,
  pounds: 0.4536,
  g: 0.001,
  grams: 0.001,
};
const WEIGHT_WORD = /^(?:weighs|weighing|weighed|wt|bw|bwt|weight|bodyweight|peso|pesa|pv)$/;
const CHANGE = /^(?:lost|gained|loss|gain|losing|per|perdeu|ganhou|mg|ml|ug|mcg|iu|at)$/;
const DURATION_BEFORE = /^(?:for|x|since|last|past|every|in|ha|over|about|within|after|previous|next|until)$/;
const DURATION_AFTER =
  /^(?:ago|history|hx|duration|post|later|after|prior|before|atras|course|interval|period|now|of)$/;
const AGE_UNIT = /^(?:h|hr|hrs|hours?|d|days?|w|wks?|weeks?|mo|mos|months?|y|yrs?|years?)$/;
const OLD = /^(?:old|o|age|aged|idade|yo)$/;

/** Resolves animal, breed, sex, age and weight of a case. `tokens` are those of the signs box. */
export function readSignalment(model: TextModel, input: CaseInput, tokens: Token[]): SignalmentRead {
  const opening = tokens.filter((t) => t.kind !== 'newline').slice(0, OPENING);
  const used = new Set<Token>();
  const { animals, resolved, breedId } = readAnimal(model, input, opening, tokens, used);
  const others = findOthers(opening, input.species);
  const sex = readSex(opening, input.species, new Set(used), others.tokens);
  for (const token of sex.used) used.add(token);
  const age = readPatientAge(opening, used, input, others);
  const groups = breedId === null ? [] : (model.breeds.breeds[breedId]?.groups ?? []);
  const tooYoung = others.young || (age !== null && age.years < BREEDS_FROM);
  const signs = tokens.slice(0, SIGNS_WITHIN);
  return {
    used,
    ...(age && age.youngest !== null && age.youngest < age.years ? { youngestYears: age.youngest } : {}),
    signalment: {
      species: input.species,
      animals,
      resolved,
      breedId,
      breedGroups: groups,
      sex: input.sex ?? settleSex(sex, signs, others, tooYoung),
      ageYears: age?.years ?? null,
      weightKg: input.weightKg ?? noteWeight(opening, tokens, used),
    },
  };
}

/** Of the form, else of the note; a stage of life only where the form is empty. */
function readPatientAge(
  opening: Token[],
  used: Set<Token>,
  input: CaseInput,
  others: Others,
): { years: number; youngest: number | null } | null {
  const inNote = noteAge(opening, used, input, others);
  const typed = input.age ? parseAgeOrStage(input.age, input.species) : null;
  if (typed) return typed;
  if (inNote !== null) return { years: inNote, youngest: null };
  if (input.age) return null;
  // The "old" of "2 days old" is no stage of life.
  const isOfNumber = (at: number) =>
    opening[at]?.text === 'old' && AGE_UNIT.test(opening[at - 1]?.text ?? '');
  const own = opening.slice(0, STAGE_WORDS).filter((t, at) => !others.tokens.has(t) && !isOfNumber(at));
  return readStage(own, input.species);
}

function readTokens(model: TextModel, text: string): Token[] {
  return refine(tokenise(normalise(text), text, model.mixed), new Map());
}

type AnimalRead = Pick<Signalment, 'animals' | 'resolved' | 'breedId'>;

function readAnimal(
  model: TextModel,
  input: CaseInput,
  opening: Token[],
  tokens: Token[],
  used: Set<Token>,
): AnimalRead {
  const open = input.species === 'exotic' || input.species === 'other';
  const own = animalsOf(input.species);
  const form = findBreeds(
    model.breeds,
    readTokens(model, (input.breed ?? '').replaceAll('_', ' ')),
    open ? ANIMALS : own,
  );
  const inNote = findBreeds(model.breeds, opening, own).filter((m) => !isOther(opening, m.from));
  for (const match of inNote) for (const p of match.positions) used.add(opening[p] as Token);
  const breedOf = (animals: Animal[]) =>
    [...form, ...inNote]
      .map((m) => m.phrase.meaning)
      .find((m) => m.breed !== null && animals.includes(m.animal))?.breed ?? null;
  if (!open) return { animals: own, resolved: true, breedId: breedOf(own) };
  const everywhere =
    form.length > 0 || inNote.length > 0 ? [] : findBreeds(model.breeds, tokens.slice(0, 1000), own);
  const found = (form[0] ?? inNote[0] ?? everywhere.filter((m) => !isOther(tokens, m.from))[0])?.phrase
    .meaning.animal;
  if (found === undefined) return { animals: own, resolved: false, breedId: null };
  return { animals: [found], resolved: true, breedId: breedOf([found]) };
}

/** "bitten by a Rottweiler", "fed rats", "lives with a ferret": not the patient. */
function isOther(tokens: Token[], at: number): boolean {
  // "lab work", "sent to the lab"
  if (
    tokens[at]?.text === 'lab' &&
    /^(?:work|results?|tests?|data|values|findings|report|in|is|was)$/.test(tokens[at + 1]?.text ?? '')
  )
    return true;
  const before = tokens.slice(Math.max(0, at - 3), at).map((t) => t.text);
  return before.some((w) =>
    /^(?:by|with|fed|eats|ate|eating|another|other|from|against|like|litter|mates?|bite|attacked)$/.test(w),
  );
}

function noteAge(opening: Token[], used: Set<Token>, input: CaseInput, others: Others): number | null {
  for (let at = 0; at < opening.length; at++) {
    const age = readAge(opening, at);
    if (!age) continue;
    let end = at + age.length;
    const said = oldEnd(opening, at, end);
    const ofOther = isAgeOfOther(opening, at, said ?? end, others);
    if (ofOther || (said === null && !besideSignalment(opening, at, end, used))) {
      at = end - 1;
      continue;
    }
    end = said ?? end;
    for (let k = at; k < end; k++) used.add(opening[k] as Token);
    // Ages of other animals come later in the note; the first is the patient's.
    return input.age ? null : Number(age.years.toFixed(3));
  }
  return null;
}

/** The end of "old", "y/o", "of age" behind an age; null when nothing says that it is one. */
function oldEnd(tokens: Token[], at: number, end: number): number | null {
  const last = tokens[end - 1]?.text ?? '';
  if (/^(?:yo|moo|wo)$/.test(last)) return tokens[end]?.text === 'old' ? end + 1 : end;
  let i = end;
  if (/^[/-]$|^of$|^de$/.test(tokens[i]?.text ?? '')) i++;
  if (OLD.test(tokens[i]?.text ?? '')) return i + 1;
  const before = tokens[at - 1]?.text ?? '';
  const lead = before === ':' ? (tokens[at - 2]?.text ?? '') : before;
  return /^(?:age|aged|idade)$/.test(lead) ? end : null;
}

function besideSignalment(tokens: Token[], at: number, end: number, used: Set<Token>): boolean {
  if (DURATION_BEFORE.test(tokens[at - 1]?.text ?? '') || DURATION_AFTER.test(tokens[end]?.text ?? ''))
    return false;
  const near = [...tokens.slice(Math.max(0, at - 3), at), ...tokens.slice(end, end + 3)];
  return near.some((t) => used.has(t));
}

function noteWeight(opening: Token[], tokens: Token[], used: Set<Token>): number | null {
  for (const [list, strict] of [
    [tokens.slice(0, 1500), true],
    [opening, false],
  ] as const) {
    for (let at = 0; at < list.length; at++) {
      const token = list[at] as Token;
      const factor = KG[list[at + 1]?.text ?? ''];
      if (token.kind !== 'number' || factor === undefined || list[at + 2]?.text === '/') continue;
      const before = list.slice(Math.max(0, at - 3), at).map((t) => t.text);
      const after = list.slice(at + 2, at + 4).map((t) => t.text);
      if ([...before, ...after].some((w) => CHANGE.test(w)) || before.at(-1) === '/') continue;
      const named = before.some((w) => WEIGHT_WORD.test(w));
      if (!named && (strict || factor === 0.001)) continue;
      used.add(token);
      used.add(list[at + 1] as Token);
      return Number((token.value * factor).toFixed(3));
    }
  }
  return null;
}
