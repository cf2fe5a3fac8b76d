/** What only one sex has or does: "pregnant", "in season", "scrotum". Sets or questions the sex that words gave. */
import type { Sex } from '../animals.ts';
import type { Others } from './others.ts';
import type { SexRead } from './sex.ts';
import { BREEDING, FEMALE } from './sex-words.ts';
import type { Token } from './tokens.ts';

const IN_STATE = /^(?:season|heat|estrus|oestrus|calf|foal|lamb|kid|whelp|pup|pig|cio)$/;
/** Organs: the animal may be neutered. */
const FEMALE_ORGAN =
  /^(?:vulva|vulval|vulvar|vagina|vaginal|uterus|uterine|uterino|utero|ovary|ovaries|ovarian)$/;
const MALE_ORGAN =
  /^(?:prepuce|preputial|prepucio|scrotum|scrotal|escroto|testicles?|testis|testes|testicular|testiculos?|penis|penile|prostate|prostatic|prostata|cryptorchid|cryptorchidism|orchitis)$/;
/** Whom else such a word may be said of. */
const SOMEBODY_ELSE =
  /^(?:owner|owners|wife|woman|women|client|clients|daughter|partner|she|tutora|dona|another|other|neighbors?|neighbours?|vizinha?|with|contact|near|nearby|door|dam|mother|mae|bitches|queens|mares|cows|heifers|ewes|does|sows|females|cadelas|gatas|vacas|eguas)$/;
const AROUND = 3;

/**
 * The sex of the patient: what the words say, unless it is one loose word against signs of the other sex, which
 * leaves it open; where no word says it, signs of one sex only.
 */
export function settleSex(
  read: SexRead,
  tokens: readonly Token[],
  others: Others,
  tooYoung: boolean,
): Sex | null {
  if (read.sex !== null && !read.loose) return read.sex;
  const said = read.sex?.[0] ?? null;
  let breeding = !tooYoung && (others.gaveBirth || others.mate === 'M');
  let female = breeding;
  let male = others.mate === 'F';
  for (let at = 0; at < tokens.length; at++) {
    const sign = signAt(tokens, at);
    if (sign === null || isSomebodyElse(tokens, at, said)) continue;
    if (sign === 'breeding') breeding ||= !tooYoung;
    if (sign === 'male') male = true;
    else female ||= sign === 'female' || !tooYoung;
  }
  if (read.sex !== null) return (said === 'M' ? female : male) ? null : read.sex;
  if (breeding) return male ? null : 'F';
  return others.mate === 'F' && !female ? 'M' : null;
}

function signAt(tokens: readonly Token[], at: number): 'breeding' | 'female' | 'male' | null {
  const { text } = tokens[at] as Token;
  if (BREEDING.test(text)) return 'breeding';
  if (IN_STATE.test(text) && /^(?:in|no|em)$/.test(tokens[at - 1]?.text ?? ''))
    return text === 'cio' || tokens[at - 1]?.text === 'in' ? 'breeding' : null;
  if (FEMALE_ORGAN.test(text)) return 'female';
  return MALE_ORGAN.test(text) ? 'male' : null;
}

/** "owner is pregnant", "pregnant ewes", beside a male "bitch in season". */
function isSomebodyElse(tokens: readonly Token[], at: number, said: string | null): boolean {
  const before = tokens.slice(Math.max(0, at - AROUND - 1), at);
  const after = tokens.slice(at + 1, at + 1 + AROUND);
  const stop = after.findIndex((t) => /^[.,;]$/.test(t.text));
  const near = [
    ...before.slice(before.findLastIndex((t) => /^[.,;]$/.test(t.text)) + 1),
    ...(stop < 0 ? after : after.slice(0, stop)),
  ];
  return near.some((t) => SOMEBODY_ELSE.test(t.text) || (said === 'M' && FEMALE.has(t.text)));
}
