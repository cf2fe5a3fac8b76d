/** Words that name a sex, a stage of life, a birth or a mating. */
import type { Sex, Species } from '../animals.ts';

const set = (...lines: string[]) => new Set(lines.flatMap((line) => line.split(' ')));

/** Codes of two letters: capitals, or beside an age or breed. */
export const CODES: Record<string, Sex> = {
  mn: 'MN',
  nm: 'MN',
  mc: 'MN',
  cm: 'MN',
  hn: 'MN',
  fs: 'FS',
  sf: 'FS',
  fn: 'FS',
  nf: 'FS',
  me: 'M',
  em: 'M',
  mi: 'M',
  im: 'M',
  fe: 'F',
  ef: 'F',
  fi: 'F',
};
export const MALE = set(
  'male males macho boy stallion colt bull ram tup buck boar tom tomcat rooster cockerel hob garanhao touro carneiro',
);
export const FEMALE = set(
  'female females femea girl mare filly cow heifer ewe doe sow gilt queen bitch hen jill nanny egua vaca cadela gata ovelha porca',
);
export const MALE_CUT = set('gelding wether steer barrow bullock');
/** Words that are a sex only for these species; elsewhere a mare may be the dam of the patient. */
export const SPECIES_OF: Partial<Record<string, Species[]>> = {
  cow: ['cow'],
  heifer: ['cow'],
  bull: ['cow'],
  steer: ['cow'],
  vaca: ['cow'],
  touro: ['cow'],
  mare: ['horse'],
  filly: ['horse'],
  stallion: ['horse'],
  colt: ['horse'],
  gelding: ['horse', 'other'],
  egua: ['horse'],
  queen: ['cat'],
  tom: ['cat'],
  gata: ['cat'],
  bitch: ['dog'],
  cadela: ['dog'],
  hen: ['bird'],
  rooster: ['bird'],
  doe: ['rabbit', 'other', 'exotic'],
  buck: ['rabbit', 'other', 'exotic'],
  boar: ['exotic', 'other'],
  sow: ['exotic', 'other'],
};
export const CUT = set(
  'neutered castrated castrate spayed speyed desexed altered castrado castrada esterilizado esterilizada spay neuter ovariohysterectomized ovariohysterectomised capado',
);
export const INTACT = set('intact entire unspayed unneutered uncastrated inteiro inteira unaltered');

/** An animal in its first months, of the patient's kind or of its litter. */
export const YOUNG_ANIMAL = set(
  'foal foals calf calves lamb lambs kid kids kit kits pup pups puppy puppies kitten kittens piglet piglets cria crias',
  'colt filly litter twins triplets fetus fetuses vitelo vitelos bezerro bezerros potro potros borrego borregos cordeiro',
  'cachorrinho cachorrinhos filhote filhotes gatinho gatinhos leitao leitoes',
);
/** Grown animals of their species: beside one, a calf is her calf. */
export const GROWN = set(
  'mare cow heifer ewe doe sow nanny queen bitch stallion bull ram vaca egua ovelha porca touro garanhao carneiro',
);
/** After the young patient these are its dam. Small-animal notes write "puppy, bitch" for a female puppy. */
export const DAM = set('mare cow ewe doe sow nanny queen vaca egua ovelha porca');

/** Says that the patient gave birth, unless a young animal is its subject ("colt, foaled 2 days ago"). */
const BIRTH: Record<Species, RegExp> = {
  dog: /^whelp(?:ed|ing)$/,
  cat: /^(?:kitten|queen)(?:ed|ing)$/,
  horse: /^foal(?:ed|ing)$/,
  cow: /^calv(?:ed|ing)$/,
  rabbit: /^kindl(?:ed|ing)$/,
  bird: /^$/,
  exotic: /^(?:whelp|kindl|litter)(?:ed|ing)$/,
  other: /^(?:lamb|kidd|farrow|foal|calv)(?:ed|ing)$/,
};
const ANY_BIRTH = /^(?:birthed|pariu|parida|pariram)$/;

export function isBirth(text: string, species: Species): boolean {
  return BIRTH[species].test(text) || ANY_BIRTH.test(text);
}

/** "mated with", "covered by", "served by". */
export const MATING = set(
  'mated mating bred breeding covered served serving serviced coberta cobriu cruzada cruzou inseminada',
);

/** States of an entire female. */
export const BREEDING =
  /^(?:pregnant|pregnancy|lactating|postpartum|prenhe|prenha|gestante|gravida|lactante|lactacao|puerperio)$/;
