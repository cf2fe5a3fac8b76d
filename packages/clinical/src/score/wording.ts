/**
 * The sentences of a result. The engine never states a diagnosis and never reassures: it says *consider*, *is
 * compatible with*, *argues against*.
 */
import type { Animal, Sex } from '../animals.ts';
import type { Signalment } from '../types.ts';
import { formatAge } from './signalment.ts';

/** "a", "a and b", "a, b and c". */
export function listWords(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Labels inside a sentence: "Vomiting" -> "vomiting", "ALT high" as it is. */
export function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? (label[0] as string).toLowerCase() + label.slice(1) : label;
}

export type ReasonParts = {
  name: string;
  supporting: readonly string[];
  expectedAbsent: readonly string[];
  opposing: readonly string[];
  unexplained: readonly string[];
  raising: readonly string[];
  lowering: readonly string[];
};

/** Why one condition stands where it stands. */
export function reasoning(parts: ReasonParts): string {
  const sentences: string[] = [];
  const supporting = parts.supporting.slice(0, 5).map(inSentence);
  sentences.push(
    supporting.length > 0
      ? `Consider: ${listWords(supporting)} ${supporting.length === 1 ? 'is' : 'are'} compatible with it.`
      : 'Nothing stated speaks for it beyond how common it is in such patients.',
  );
  if (parts.raising.length > 0) sentences.push(`More likely by ${listWords(parts.raising)}.`);
  if (parts.lowering.length > 0) sentences.push(`Less likely by ${listWords(parts.lowering)}.`);
  const against = [
    ...parts.opposing.map(inSentence),
    ...parts.expectedAbsent.map((label) => `absence of ${inSentence(label)}`),
  ].slice(0, 4);
  if (against.length > 0)
    sentences.push(`${capital(listWords(against))} ${against.length === 1 ? 'argues' : 'argue'} against it.`);
  if (parts.unexplained.length > 0)
    sentences.push(`It leaves unexplained: ${listWords(parts.unexplained.slice(0, 4).map(inSentence))}.`);
  return sentences.join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const SEX_WORDS: Record<Sex, string> = {
  M: 'entire male',
  MN: 'neutered male',
  F: 'entire female',
  FS: 'spayed female',
};

/** "6-year-old neutered male dog" from what is known. */
export function patientWords(signalment: Signalment): string {
  const animal = signalment.resolved
    ? (signalment.animals[0] ?? 'dog').replace('cow', 'bovine').replace('_', ' ')
    : `${signalment.species === 'exotic' ? 'exotic pet' : 'animal'}`;
  const age =
    signalment.ageYears === null ? '' : `${formatAge(signalment.ageYears).replace(/ (\w+?)s?$/, '-$1')}-old `;
  const sex = signalment.sex ? `${SEX_WORDS[signalment.sex]} ` : '';
  return `${age}${sex}${animal}`;
}

export function animalWord(animal: Animal): string {
  return animal === 'cow' ? 'cattle' : animal.replace('_', ' ');
}

/** One or two sentences over the whole list. */
export function summary(
  signalment: Signalment,
  findingLabels: readonly string[],
  leading: readonly string[],
  redFlags: number,
): string {
  const patient = capital(patientWords(signalment));
  if (findingLabels.length === 0) return `${patient}: no finding was recognised, so nothing is ranked yet.`;
  const shown = findingLabels.slice(0, 6).map(inSentence);
  const more = findingLabels.length - shown.length;
  const findings = more > 0 ? `${shown.join(', ')} and ${more} more` : listWords(shown);
  const flags =
    redFlags > 0
      ? ` ${redFlags === 1 ? 'One warning needs' : `${redFlags} warnings need`} attention first.`
      : '';
  const [first, ...rest] = leading;
  if (first === undefined) return `${patient} with ${findings}.${flags}`;
  const others = rest.length > 0 ? `; consider also ${listWords(rest)}` : '';
  return `${patient} with ${findings}.${flags} The findings are most compatible with ${first}${others}.`;
}

const NOTICE_WORDS = {
  zoonotic: 'Zoonotic: people can be infected; protect handlers and household.',
  notifiable: 'May be notifiable: check the duty to report suspicion where you practise.',
  food_animal: 'Food-producing animal: check which substances are allowed and the withdrawal times.',
} as const;

export function noticeWords(notice: keyof typeof NOTICE_WORDS): string {
  return NOTICE_WORDS[notice];
}
