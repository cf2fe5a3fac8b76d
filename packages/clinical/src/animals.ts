/**
 * The animals the knowledge base speaks of. A case carries a `Species` (the list a vet picks from); `exotic`
 * and `other` resolve to one animal from the breed or the text, and to all of them when neither says which.
 */
export const SPECIES = ['dog', 'cat', 'horse', 'cow', 'rabbit', 'bird', 'exotic', 'other'] as const;
export type Species = (typeof SPECIES)[number];

/** Animals behind `exotic`: pets other than dogs, cats, rabbits and birds. */
export const EXOTIC_ANIMALS = [
  'ferret',
  'guinea_pig',
  'hamster',
  'rat',
  'chinchilla',
  'hedgehog',
  'tortoise',
  'lizard',
  'snake',
] as const;

/** Animals behind `other`: farm animals that are not cattle. */
export const OTHER_ANIMALS = ['sheep', 'goat', 'pig', 'camelid', 'donkey'] as const;

export const ANIMALS = [
  'dog',
  'cat',
  'horse',
  'cow',
  'rabbit',
  'bird',
  ...EXOTIC_ANIMALS,
  ...OTHER_ANIMALS,
] as const;
export type Animal = (typeof ANIMALS)[number];

/** Recorded sex: male, male neutered, female, female spayed. */
export const SEXES = ['M', 'MN', 'F', 'FS'] as const;
export type Sex = (typeof SEXES)[number];
