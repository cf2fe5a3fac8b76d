import { expect, test } from 'vitest';
import type { Species } from '../animals.ts';
import { read } from './fixture.ts';

const who = (note: string, species: Species) => {
  const { signalment } = read(note, { species });
  return [signalment.sex, signalment.ageYears];
};

test.each<[Species, string, [string | null, number | null]]>([
  // Offspring
  ['cow', 'Calved a bull calf last night, now down, cold ears, S-bend neck', ['F', null]],
  ['cow', 'Calved yesterday, calf alive, now down', ['F', null]],
  ['cow', 'Down since calving a big bull calf', ['F', null]],
  ['cow', 'Cow, calf pulled this morning, cannot rise', ['F', null]],
  ['cow', 'Heifer, stuck calf, straining 3 h', ['F', null]],
  ['cow', 'Suckler with calf at foot, staggering', [null, null]],
  ['horse', 'Foaled a colt, afterbirth hanging', ['F', null]],
  ['horse', 'Mare, foal at foot', ['F', null]],
  ['horse', 'Mare with 2 day old colt foal, colic', ['F', null]],
  ['horse', '8yo mare, foal 3 weeks old, fever', ['F', 8]],
  ['dog', 'Whelped 3 males 2 days ago, trembling', ['F', null]],
  ['dog', 'Whelped, one male pup retained', ['F', null]],
  ['cat', 'Queened last night, her male kitten weak', ['F', null]],
  ['other', 'Lambed ram lambs, placenta retained', ['F', null]],
  ['other', 'Doe kidded buck kid, down', ['F', null]],
  ['other', 'Farrowed overnight, boar piglets fine', ['F', null]],
  ['cow', 'Pariu ontem, vitelo macho, não se levanta', ['F', null]],
  ['cow', 'Vaca, vitelo ao pé, não come', ['F', null]],
  ['dog', 'Pregnant, straining 3 h, no pups yet', ['F', null]],
  ['cat', 'Straining, stuck kitten', [null, null]],
  ['horse', 'Mare in foal, colic', ['F', null]],
  ['cow', 'In calf heifer, lame', ['F', null]],
  // A mate
  ['dog', 'Mated with a male 9 weeks ago, green vulvar discharge, no puppy yet', ['F', null]],
  ['dog', 'Mated with a male 9 weeks ago, straining 2 h, green discharge', ['F', null]],
  ['dog', 'Bred by an entire male two months ago, quiet', ['F', null]],
  ['horse', 'Covered by the stallion in May, discharge', ['F', null]],
  ['cow', 'Served by an Angus bull, not holding', ['F', null]],
  ['dog', 'Mated to a bitch last week, prepuce swollen', ['M', null]],
  ['dog', 'Coberta por um macho há 2 meses, corrimento', ['F', null]],
  ['dog', 'Lives with a male neutered dog, coughing', [null, null]],
  // The dam of the patient
  ['horse', 'Foal, weak, mare has no milk', [null, 0.4]],
  ['cow', 'Calf, 3 days, scour, cow not vaccinated', [null, 0.008]],
  ['dog', 'Puppy, dam whelped 5 weeks ago, diarrhoea', [null, 0.4]],
  // The patient
  ['cow', 'Bull calf, calved 2 days ago, not sucking', ['M', 0.4]],
  ['horse', 'Colt foal, 2 days old, weak', ['M', 0.005]],
  ['horse', 'Colt, foaled 2 days ago, straining', ['M', null]],
  ['horse', 'Foaled 2015, gelding, colic', ['MN', null]],
  ['cow', 'Bull, lame since serving heifers', ['M', null]],
  ['cow', 'Heifer calf, 3 weeks, cough', ['F', 0.057]],
  ['dog', 'Bitch puppy, cough', ['F', 0.4]],
  ['dog', 'Bred by owner, female, lame', ['F', null]],
  ['dog', 'Bred male, 5y, blood from prepuce', ['M', 5]],
  ['dog', 'Covered in mud, male, 3 y old', ['M', 3]],
  ['dog', 'Male, off food, neighbour bitch in season', ['M', null]],
  ['cat', 'Kitten, sneezing', [null, 0.4]],
  // The other sex's signs
  ['dog', 'Male, straining, pregnant', [null, null]],
  ['dog', 'Boy, green vulvar discharge', [null, null]],
  ['dog', '3yo MN Lab, mammary mass, vulvar discharge', ['MN', 3]],
  ['dog', 'Girl, scrotum swollen', [null, null]],
  ['dog', 'Pregnant, panting', ['F', null]],
  ['dog', 'In season 6 weeks ago, drinking more', ['F', null]],
  ['dog', 'Lactating, tremors', ['F', null]],
  ['dog', 'Owner is pregnant, wants ticks removed', [null, null]],
  ['dog', 'In contact with pregnant ewes', [null, null]],
  ['dog', 'Off food, bitches in season nearby', [null, null]],
  ['dog', 'Vulvar discharge', [null, null]],
])('%s: %s', (species, note, expected) => expect(who(note, species)).toEqual(expected));

test('the form stands against every word of the note', () => {
  const { signalment } = read('Calved a bull calf, pregnant', { species: 'cow', sex: 'M', age: '3 y' });
  expect(signalment).toMatchObject({ sex: 'M', ageYears: 3 });
});

test('an age guessed from a stage of life says how young the patient may be', () => {
  const youngest = (note: string, age?: string) => read(note, { species: 'horse', age }).youngestYears;
  expect(youngest('Foal, weak')).toBe(0);
  expect(youngest('weak', 'foal')).toBe(0);
  expect(youngest('Young horse, weak')).toBe(0.2);
  expect(youngest('Foal, 2 days old, weak')).toBeUndefined();
  expect(youngest('Adult, weak')).toBeUndefined();
});

test('a guessed age leaves open what it cannot decide', () => {
  const of = (note: string) => read(note).findings.find((f) => f.id === 'young_animal')?.assertion;
  expect(of('Puppy, cough')).toBe('present');
  expect(of('Adult, cough')).toBe('absent');
});
