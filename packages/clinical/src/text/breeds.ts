/** Breeds as people write them ("std poodle", "lab x", "GSD"), and animals named in words. */
import type { Animal, Species } from '../animals.ts';
import { ANIMALS, EXOTIC_ANIMALS, OTHER_ANIMALS } from '../animals.ts';
import type { Breed } from '../knowledge/schema.ts';
import { chooseMatches } from './choose.ts';
import { compileLexicon, type Lexicon, type PhraseSource } from './lexicon.ts';
import { findPhrases, type Match } from './match.ts';
import type { Token } from './tokens.ts';

type BreedMeaning = { breed: string | null; animal: Animal };

export type BreedIndex = { lexicon: Lexicon<BreedMeaning>; breeds: Record<string, Breed> };

/** Words for animals behind `exotic` and `other`; word order and number as typed. */
const ANIMAL_WORDS: Partial<Record<Animal, string>> = {
  dog: 'dog|canine|puppy|cao|cachorro',
  cat: 'cat|feline|kitten|gato',
  horse: 'horse|equine|pony|foal|cavalo',
  cow: 'cow|cattle|bovine|calf|heifer|bull|steer|vaca',
  rabbit: 'rabbit|bunny|coelho',
  bird: 'bird|avian|parrot|parakeet|budgie|budgerigar|cockatiel|cockatoo|macaw|conure|lovebird|canary|finch|african grey|amazon parrot|chicken|hen|rooster|duck|goose|turkey|pigeon|hawk|falcon|owl|quail|peacock|mynah|lorikeet|galah|papagaio|periquito|galinha',
  ferret: 'ferret|furao',
  guinea_pig: 'guinea pig|cavy|cavia|porquinho da india',
  hamster: 'hamster',
  rat: 'rat|fancy rat|pet rat|ratazana',
  chinchilla: 'chinchilla|chin',
  hedgehog: 'hedgehog|ourico',
  tortoise:
    'tortoise|turtle|terrapin|red eared slider|chelonian|box turtle|hermann tortoise|sulcata|cagado|tartaruga|jabuti',
  lizard:
    'lizard|bearded dragon|beardie|gecko|iguana|chameleon|skink|monitor lizard|water dragon|anole|tegu|lagarto|camaleao',
  snake:
    'snake|python|boa|corn snake|king snake|ball python|milk snake|boa constrictor|garter snake|cobra|serpente',
  sheep: 'sheep|ewe|lamb|ram|wether|tup|hogget|ovine|ovelha|carneiro|borrego',
  goat: 'goat|doe|caprine|nanny goat|billy goat|goat kid|pygmy goat|cabra|cabrito',
  pig: 'pig|sow|boar|piglet|gilt|porcine|swine|pot bellied pig|potbellied pig|minipig|mini pig|weaner pig|kune kune|porco|leitao|suino',
  camelid: 'alpaca|llama|camelid|cria|camel|vicuna|guanaco',
  donkey: 'donkey|mule|burro|jenny|jennet|hinny|jumento|mula',
};

/** `read` turns a text into refined tokens. */
export function compileBreeds(breeds: Record<string, Breed>, read: (text: string) => Token[]): BreedIndex {
  const sources: PhraseSource<BreedMeaning>[] = Object.entries(breeds).flatMap(([id, breed]) => {
    const meaning: BreedMeaning = { breed: id, animal: breed.animal };
    return [breed.name, ...breed.aliases].map((name) => ({
      tokens: read(name),
      meaning,
      fixedOrder: true,
      literal: true,
    }));
  });
  for (const animal of ANIMALS) {
    const meaning: BreedMeaning = { breed: null, animal };
    for (const name of ANIMAL_WORDS[animal]?.split('|') ?? [])
      sources.push({ tokens: read(name), meaning, fixedOrder: true });
  }
  return { lexicon: compileLexicon(sources), breeds };
}

/** The animals that a species of the form may be. */
export function animalsOf(species: Species): Animal[] {
  if (species === 'exotic') return [...EXOTIC_ANIMALS];
  if (species === 'other') return [...OTHER_ANIMALS];
  return [species];
}

/** Named breeds and animals of a text, best first: longest, then leftmost. Only those of `animals`. */
export function findBreeds(
  index: BreedIndex,
  tokens: Token[],
  animals: readonly Animal[],
): Match<BreedMeaning>[] {
  const found = findPhrases(index.lexicon, tokens, false).filter(
    (m) => animals.includes(m.phrase.meaning.animal) && m.fillers === 0 && !m.shared,
  );
  const chosen = chooseMatches(found, tokens.length);
  return chosen.sort(
    (a, b) =>
      Number(b.phrase.meaning.breed !== null) - Number(a.phrase.meaning.breed !== null) || a.from - b.from,
  );
}
