/** Sex and neuter status in a note: "MN", "F(S)", "neutered male", "gelding", "não castrada". */
import type { Sex, Species } from '../animals.ts';
import { CODES, CUT, FEMALE, INTACT, MALE, MALE_CUT, SPECIES_OF } from './sex-words.ts';
import type { Token } from './tokens.ts';

/** `loose`: one word with neither an age nor a neuter status beside it. */
export type SexRead = { sex: Sex | null; used: Token[]; loose: boolean };

const NOBODY: ReadonlySet<Token> = new Set();

/**
 * Reads the first statement of sex in the opening of a note. `anchors` are tokens of age and breed, `others` those
 * that tell of another animal.
 */
export function readSex(
  tokens: Token[],
  species: Species,
  anchors: ReadonlySet<Token>,
  others: ReadonlySet<Token> = NOBODY,
): SexRead {
  const read = (at: number): Read | null => {
    if (others.has(tokens[at] as Token)) return null;
    return codeAt(tokens, at, anchors) ?? wordsAt(tokens, at, species, others);
  };
  const reads = tokens.flatMap((_, at) => {
    const found = read(at);
    return found ? [{ ...found, loose: isLoose(tokens, at, found) }] : [];
  });
  // "Bitch, FS": what says the neuter status beats what does not.
  const first = reads[0];
  const exact = reads.find((r) => r.sex?.[0] === first?.sex?.[0] && r.sex?.length === 2);
  if (exact ?? first) return (exact ?? first) as SexRead;
  return { sex: null, used: [], loose: false };
}

type Read = { sex: Sex; used: Token[] };

function isLoose(tokens: Token[], at: number, { sex, used }: Read): boolean {
  if (sex.length === 2 || used.length > 1 || (used[0]?.text.length ?? 0) <= 2) return false;
  const near = [tokens[at - 1], tokens[at - 2], tokens[at + 1], tokens[at + 2]];
  return !near.some(isAge);
}

const isAge = (t: Token | undefined) =>
  t !== undefined && /^(?:y|yo|yr|yrs|year|years|old|mo|mos|months|wk|wks|weeks|m|o)$/.test(t.text);

function codeAt(tokens: Token[], at: number, anchors: ReadonlySet<Token>): Read | null {
  const token = tokens[at] as Token;
  const near = [tokens[at - 1], tokens[at - 2], tokens[at + 1], tokens[at + 2]];
  const beside = near.some((t) => isAge(t) || (t !== undefined && anchors.has(t)));
  const code = CODES[token.text];
  if (
    code &&
    (token.upper
      ? beside || /^(?:mn|mc|fs|fn|sf|nm)$/.test(token.text)
      : beside && /^(?:mn|mc|fs|fn|nm|sf)$/.test(token.text))
  )
    return { sex: code, used: [token] };
  if (!/^[mf]$/.test(token.text) || (!beside && tokens[at + 1]?.text !== '/' && tokens[at + 1]?.text !== '('))
    return null;
  const letter = tokens[at + 2];
  const second =
    /^[/(]$/.test(tokens[at + 1]?.text ?? '') && tokens[at + 1]?.glued ? letter?.text : undefined;
  if (second && /^[nscei]$/.test(second)) {
    const used = tokens.slice(at, at + (tokens[at + 3]?.text === ')' ? 4 : 3));
    const cut = second === 'n' || second === 's' || second === 'c';
    return { sex: token.text === 'm' ? (cut ? 'MN' : 'M') : cut ? 'FS' : 'F', used };
  }
  // "3 m" is an age; a sex is a capital beside an age or breed.
  if (!token.upper || tokens[at - 1]?.kind === 'number' || !beside) return null;
  return { sex: token.text === 'm' ? 'M' : 'F', used: [token] };
}

function wordsAt(tokens: Token[], at: number, species: Species, others: ReadonlySet<Token>): Read | null {
  const token = tokens[at] as Token;
  const allowed = SPECIES_OF[token.text];
  if (allowed && !allowed.includes(species)) return null;
  if (MALE_CUT.has(token.text)) return { sex: 'MN', used: [token] };
  const male = MALE.has(token.text);
  const female = FEMALE.has(token.text);
  const from = Math.max(0, at - 3);
  const around = [...tokens.slice(from, at), ...tokens.slice(at + 1, at + 4)].filter((t) => !others.has(t));
  if (!male && !female) return loneStatus(tokens, at);
  const cut = around.find((t) => CUT.has(t.text));
  const intact =
    around.find((t) => INTACT.has(t.text)) ?? (cut && deniedBefore(tokens, cut) ? cut : undefined);
  const used = [token, ...(cut ? [cut] : []), ...(intact ? [intact] : [])];
  const done = cut !== undefined && intact === undefined;
  return { sex: male ? (done ? 'MN' : 'M') : done ? 'FS' : 'F', used };
}

function deniedBefore(tokens: Token[], cut: Token): boolean {
  const at = tokens.indexOf(cut);
  return tokens
    .slice(Math.max(0, at - 2), at)
    .some((t) => t.key === 'not' || t.text === 'nao' || t.text === 'non');
}

/** "spayed", "castrada", "gelded" say the sex by themselves. */
function loneStatus(tokens: Token[], at: number): Read | null {
  const token = tokens[at] as Token;
  const denied = deniedBefore(tokens, token);
  if (/^(?:spayed|speyed|castrada|esterilizada|ovariohysterectomi[sz]ed)$/.test(token.text))
    return { sex: denied ? 'F' : 'FS', used: [token] };
  if (token.text === 'unspayed') return { sex: 'F', used: [token] };
  if (/^(?:castrated|castrado|gelded)$/.test(token.text)) return { sex: denied ? 'M' : 'MN', used: [token] };
  return null;
}
