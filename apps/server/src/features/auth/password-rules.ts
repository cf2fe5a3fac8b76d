/**
 * Which passwords are too easily guessed although they are long enough: made of what attackers try first. Length is
 * the contract's rule (NIST SP 800-63B).
 */

/** What common long passwords are made of; no more than three of these, with digits around, is not a secret. */
const COMMON = (
  'password passwort senha contrasena motdepasse parola pass word admin administrator root login user guest test ' +
  'welcome letmein iloveyou loveyou love trustno one monkey dragon master shadow sunshine princess football baseball ' +
  'basketball soccer hockey superman batman spiderman starwars pokemon michael jordan jennifer jessica ashley ' +
  'charlie thomas daniel andrew george robert hunter killer ninja mustang ferrari mercedes porsche corvette harley ' +
  'summer winter spring autumn monday friday january february march april june july august september october ' +
  'november december computer internet server network secret changeme default temp temporary qwerty qwertyuiop ' +
  'asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx qaz wsx edc azerty abc abcd abcdef abcdefgh abcdefghijkl ' +
  'freedom whatever cheese cookie chocolate pepper ginger buster tigger bailey maggie bella lucky rocky buddy ' +
  'hello world hi yes no my the is this your you me i a for to in and of new old big super mega best good bad ' +
  'dog dogs cat cats horse puppy kitten animal animals pet pets vet vets veterinary veterinarian clinic doctor ' +
  'hospital medicine medical mozarela mozarelamd mozzarella md google facebook samsung apple windows microsoft'
)
  .split(' ')
  .sort((a, b) => b.length - a.length);

const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const ROWS = [
  'qwertyuiopasdfghjklzxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];

/** Number of common words the text is made of, or null when something else is left over. */
function commonWords(text: string): number | null {
  const fewest: (number | null)[] = [0];
  for (let end = 1; end <= text.length; end += 1) {
    const counts = COMMON.filter((word) => text.endsWith(word, end))
      .map((word) => fewest[end - word.length])
      .filter((count) => count !== null && count !== undefined);
    fewest[end] = counts.length > 0 ? Math.min(...counts) + 1 : null;
  }
  return fewest[text.length] ?? null;
}

/** Characters left when runs along a keyboard row, the alphabet or the digits are taken out, either way. */
function outsideRuns(text: string): number {
  let left = text;
  for (const row of ROWS)
    for (const line of [row, [...row].reverse().join('')])
      for (let length = line.length; length >= 4; length -= 1)
        for (let start = 0; start + length <= line.length; start += 1)
          left = left.replaceAll(line.slice(start, start + length), '');
  return left.length;
}

/**
 * Why a password is refused, for people; null when it is fine.
 * @param own words of the person that others know: e-mail, name, clinic
 */
export function passwordProblem(password: string, own: string[]): string | null {
  const lower = password.normalize('NFKC').toLowerCase();
  if (new Set(lower).size < 5 || /^(.{1,5})\1+.{0,4}$/.test(lower)) return 'repeats the same few characters';
  if (outsideRuns(lower) < 4) return 'is a row of neighbouring keys';
  const letters = (text: string) => text.replace(/[^\p{L}]/gu, '');
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const unmasked = letters([...core].map((character) => LOOKALIKES[character] ?? character).join(''));
  for (const text of [letters(lower), unmasked]) {
    const count = text.length >= 4 ? commonWords(text) : null;
    if (count !== null && count <= 3) return 'is among the most common passwords';
  }
  const known = own
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= 4);
  const rest = known.reduce((left, word) => left.replaceAll(word, ''), lower);
  if (rest.length < lower.length && rest.replace(/[^\p{L}\p{N}]/gu, '').length < 6)
    return 'is made of your name or e-mail';
  return null;
}
