/**
 * A light stemmer that makes inflections of one word equal ("vomit, vomits, vomited, vomiting") without joining
 * different words. It sees lower-case words without accents, English or Portuguese; both sides of every comparison
 * pass through it, so its output need not be a word.
 */

/** Words whose forms no rule reaches, and words that a rule would join with another. */
const IRREGULAR: Record<string, string> = {
  ate: 'eat',
  eaten: 'eat',
  drank: 'drink',
  fed: 'feed',
  bled: 'bleed',
  lost: 'loss',
  lose: 'loss',
  loses: 'loss',
  losing: 'loss',
  losses: 'loss',
  swollen: 'swell',
  fell: 'fall',
  fallen: 'fall',
  stood: 'stand',
  lain: 'lie',
  lying: 'lie',
  lies: 'lie',
  laying: 'lie',
  dying: 'dying',
  ran: 'run',
  shook: 'shake',
  shaken: 'shake',
  threw: 'throw',
  thrown: 'throw',
  held: 'hold',
  broke: 'break',
  broken: 'break',
  bit: 'bit',
  bitten: 'bite',
  bites: 'bite',
  biting: 'bite',
  bite: 'bite',
  went: 'go',
  gone: 'go',
  goes: 'go',
  going: 'go',
  tore: 'tear',
  torn: 'tear',
  got: 'get',
  gotten: 'get',
  getting: 'get',
  hid: 'hide',
  hiding: 'hide',
  hidden: 'hide',
  slept: 'sleep',
  given: 'give',
  gave: 'give',
  took: 'take',
  taken: 'take',
  worse: 'worse',
  worsening: 'worse',
  worsened: 'worse',
  thinner: 'thin',
  larger: 'large',
  bigger: 'big',
  teeth: 'tooth',
  feet: 'foot',
  mice: 'mouse',
  lice: 'louse',
  calves: 'calf',
  geese: 'goose',
  faeces: 'feces',
  feces: 'feces',
  faecal: 'feces',
  fecal: 'feces',
  nares: 'nares',
  was: 'was',
  has: 'has',
  his: 'his',
  does: 'does',
  this: 'this',
  pus: 'pus',
  gas: 'gas',
  lens: 'lens',
  spine: 'spine',
  scared: 'scared',
  paste: 'paste',
  plane: 'plane',
  sense: 'sense',
  station: 'station',
  ration: 'ration',
  rations: 'ration',
  stool: 'stool',
  stools: 'stool',
  severe: 'severe',
  several: 'several',
  general: 'general',
  generally: 'general',
  organs: 'organ',
  organic: 'organic',
  during: 'during',
  morning: 'morning',
  evening: 'evening',
  bedding: 'bedding',
  housing: 'housing',
  siblings: 'sibling',
  sibling: 'sibling',
  pawing: 'pawing',
  singed: 'singed',
  fits: 'fits',
  fitting: 'fits',
  fit: 'fit',
  mate: 'mates',
  mates: 'mates',
  sores: 'sores',
  heaves: 'heaves',
  foaled: 'foaling',
  foaling: 'foaling',
  lambed: 'lambing',
  lambing: 'lambing',
  kidded: 'kidding',
  kidding: 'kidding',
  kittened: 'kittening',
  kittening: 'kittening',
  wound: 'wound',
  wounds: 'wound',
  found: 'find',
};

const VOWEL = /[aeiouy]/;
const SHORT = /^[^aeiouy]*[aeiou][^aeiouywx]$/;
const US_OUR = /^(col|behavi|tum|od|lab|fav|vap|rig|vig|hum|flav|neighb|discol)our/;

/** The stem of one lower-case, accent-free word. */
export function stem(word: string): string {
  const plain = word.endsWith("'s") ? word.slice(0, -2) : word.replaceAll("'", '');
  const irregular = Object.hasOwn(IRREGULAR, plain) ? IRREGULAR[plain] : undefined;
  if (irregular !== undefined) return irregular;
  if (plain.length < 4 || !/^[a-z]+$/.test(plain)) return plain;
  return ending(suffix(plural(usSpelling(plain))));
}

/** UK to US spelling, ae and oe to e, -ise to -ize; harmless where a word has neither. */
export function usSpelling(word: string): string {
  if (word.length < 5) return word;
  return word
    .replace(US_OUR, '$1or')
    .replace(/oes$/, 'ao')
    .replace(/ae$/, 'a')
    .replace(/ae|oe/g, 'e')
    .replace(/^leuc(?=[oa])/, 'leuk')
    .replace(/sulph/, 'sulf')
    .replace(/(?<=[ct])tre(s?)$|(?<=b)re(s?)$/, 'ter$1$2')
    .replace(/(?:is|ys|yz)(?=(?:e|es|ed|er|ing|ation|ations)$)/, 'iz');
}

function plural(word: string): string {
  if (!word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  if (/(?:[oe]s|ly|ys)es$/.test(word) && word.length > 6) return `${word.slice(0, -2)}is`;
  if (word.endsWith('ies')) return word.length > 5 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(?:ss|ch|sh|x|zz)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

function suffix(word: string): string {
  const cut = (length: number) => word.slice(0, -length);
  if (word.endsWith('ied') && word.length > 5) return `${cut(3)}y`;
  if (word.endsWith('ing')) return verb(word, cut(3));
  if (word.endsWith('ed') && !word.endsWith('eed')) return verb(word, cut(2));
  if (word.length >= 6 && /(?:ando|aram|ava|ou)$/.test(word))
    return word.replace(/(?:ando|aram|ava|ou)$/, '');
  if (word.length >= 6 && /[^aeiou]ar$/.test(word)) return cut(2);
  if (/[st]ion$/.test(word) && word.length >= 8) return cut(3);
  if (word.endsWith('ness') && word.length >= 7) return cut(4).replace(/i$/, 'y');
  if (word.endsWith('ly') && word.length >= 6 && !word.endsWith('ely') && !word.endsWith('ily'))
    return cut(2);
  if (word.endsWith('ely') && word.length >= 7) return cut(2);
  return word;
}

function verb(word: string, base: string): string {
  if (base.length < 2 || !VOWEL.test(base)) return word;
  if (base.length === 2) return /^[aeiou]/.test(base) ? word : base;
  return base.length === 3 && SHORT.test(base) ? `${base}e` : base;
}

function ending(word: string): string {
  let out = word;
  if (/([b-df-hj-np-tv-z])\1$/.test(out) && out.length > 3) out = out.slice(0, -1);
  if (out.length >= 5 && /[aeo]$/.test(out)) out = out.slice(0, -1);
  return out;
}
