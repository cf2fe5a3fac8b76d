/** Mentions of other animals and people: what they have is not a finding of the patient. */
import type { Token } from './tokens.ts';
import type { Trigger } from './triggers.ts';

const set = (...lines: string[]) => new Set(lines.flatMap((line) => line.split(' ')));

/** Always another animal or person. */
const COMPANIONS = set(
  'littermate littermates housemate housemates herdmate herdmates stablemate stablemates kennelmate kennelmates',
  'cagemate cagemates penmate penmates flockmate flockmates sibling siblings brother brothers sister sisters dam sire',
  'mother father husband wife child children irmao irmaos irma irmas mae ninhada',
);
/** "litter mate", "herd mates". */
const MATE = set('mate mates');
const GROUPS = set('litter house herd stable kennel cage pen flock pasture paddock companion');
/** "other cats", "another dog", "in-contact horses", "companion bird". */
const OTHERS = set(
  'new neighbor neighbors neighbour neighbours vizinho other others another second remaining rest contact companion outro outra outros outras',
);
const ANIMALS = set(
  'dog dogs cat cats pet pets animal animals cow cows cattle calf calves heifer heifers horse horses pony ponies mare',
  'mares foal foals sheep ewe ewes lamb lambs goat goats kid kids pig pigs piglet piglets rabbit rabbits bird birds',
  'hen hens chicken chickens ferret ferrets rat rats puppy puppies pup pups kitten kittens alpaca alpacas llama llamas',
  'doe does buck bucks sow sows ram rams bull bulls steer steers cockatiel budgie parrot guinea hamster tortoise',
  'litter herd flock cao caes gato gatos animais cavalo vaca vacas',
);
/** Before these the other animal is not the subject: "bitten by another dog", "lives with two other cats". */
const OBJECT_OF = set(
  'by with from to of at for against like than between near toward towards after chasing chased fought met por com de',
);
const BETWEEN = set(
  'a an the his her its their one two three four five several many some another other owner um uma o',
);
/** The owner is the patient only of verbs like these: "owner has skin lesions", but "owner reports vomiting". */
const OWNER_HAS = set('also has had developed is');

/** The mention of another animal that starts at this token, as a trigger, or null. */
export function readCompanion(tokens: Token[], at: number, taken: Uint8Array): Trigger | null {
  const to = companionEnd(tokens, at);
  if (to === null || taken[at] === 1) return null;
  let before = at - 1;
  while (before >= 0 && isSkipped(tokens[before] as Token)) before--;
  const word = tokens[before]?.text ?? '';
  if (OBJECT_OF.has(word)) return { mood: 'other_animal', reach: 'none', from: at, to };
  const reach = word === 'in' || word === 'em' ? 'clause' : 'forward';
  return { mood: 'other_animal', reach, from: at, to };
}

function isSkipped(token: Token): boolean {
  return BETWEEN.has(token.text) || token.kind === 'number';
}

function companionEnd(tokens: Token[], at: number): number | null {
  const text = (tokens[at] as Token).text.replace(/'s$/, '');
  const next = tokens[at + 1]?.text ?? '';
  if (COMPANIONS.has(text)) return ANIMALS.has(next) ? at + 1 : at;
  if (GROUPS.has(text) && MATE.has(next)) return at + 1;
  if (text === 'family' && next.startsWith('member')) return at + 1;
  if (text === 'owner' && OWNER_HAS.has(next) && tokens[at + 2]?.text !== 'noticed')
    return ownerEnd(tokens, at);
  if (OTHERS.has(text)) {
    const skip =
      next === 'of' || next === 'the' || next === 'from' ? (tokens[at + 2]?.text === 'the' ? 2 : 1) : 0;
    if (ANIMALS.has(tokens[at + 1 + skip]?.text ?? '')) return at + 1 + skip;
    if (text === 'others') return at;
  }
  return null;
}

/** "owner has skin lesions", not "owner has noticed", "owner has 3 cats", "owner is worried". */
function ownerEnd(tokens: Token[], at: number): number | null {
  const verb = tokens[at + 1]?.text as string;
  const after = tokens[at + 2]?.text ?? '';
  if (verb === 'is' || /(?:ed|en|n't|not)$/.test(after) || after === 'a' || after === 'not') return null;
  if (verb === 'also') return OWNER_HAS.has(after) ? at + 2 : null;
  return tokens[at + 2]?.kind === 'word' ? at + 1 : null;
}
