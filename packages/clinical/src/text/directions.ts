/** High, low, normal and how much, said in words. */
import type { Token } from './tokens.ts';

export type Direction = 'high' | 'low' | 'normal';
/** 0 unsaid or mild, 1 moderate, 2 marked. */
export type Degree = 0 | 1 | 2;

const table = new Map<string, Direction>();
const add = (direction: Direction, words: string) => {
  for (const word of words.split(' ')) table.set(word, direction);
};
add(
  'high',
  'high elevated raised increased increase increases elevation elevations rise rising up ↑ h hh prolonged',
);
add(
  'high',
  'extended delayed alto alta altos altas elevado elevada elevados elevadas aumentado aumentada aumentados aumento',
);
add('high', 'prolongado prolongada higher');
add(
  'low',
  'low decreased reduced decrease reduction dropped drop down ↓ lowered subnormal diminished l ll shortened lower',
);
add('low', 'baixo baixa baixos baixas diminuido diminuida diminuidos reduzido reduzida reduzidos');
add('normal', 'normal wnl nad unremarkable ok okay fine n normais');

/** Only behind the name: "ALT up", not "up ALT". */
const AFTER_ONLY = new Set(['up', 'down', 'ok', 'okay', 'fine', 'n', 'h', 'l', 'hh', 'll', 'nad', 'wnl']);
const WITHIN = /^within$/;
const NORMAL_NOUN = /^(?:limits|limit|range|ranges|interval|intervals|reference|normal|ref)$/;

const DEGREES = new Map<string, Degree>();
for (const word of 'mild mildly slight slightly ligeiramente ligeiro ligeira discreta discreto'.split(' '))
  DEGREES.set(word, 0);
for (const word of 'moderate moderately moderado moderada moderadamente'.split(' ')) DEGREES.set(word, 1);
for (const word of 'marked markedly severe severely very profound profoundly massive massively extremely grossly greatly dramatically muito marcadamente gravemente marcada marcado acentuada'.split(
  ' ',
))
  DEGREES.set(word, 2);

export function degreeOf(token: Token | undefined): Degree | null {
  return token ? (DEGREES.get(token.text) ?? null) : null;
}

export type Said = { direction: Direction; length: number };

/** The direction that starts at a token, read behind a name ("ALT high") or before one ("high ALT"). */
export function readDirection(tokens: Token[], at: number, place: 'before' | 'after'): Said | null {
  const token = tokens[at];
  if (!token) return null;
  if (place === 'after' && WITHIN.test(token.text)) return within(tokens, at);
  const direction = table.get(token.text);
  if (!direction || (place === 'before' && AFTER_ONLY.has(token.text))) return null;
  if (/^[hln]$/.test(token.text) && !token.upper) return null;
  const next = tokens[at + 1];
  // "high normal", "low end of normal".
  if (place === 'after' && direction !== 'normal' && next?.text === 'normal')
    return { direction: 'normal', length: 2 };
  if (token.text === '↑' || token.text === '↓') return { direction, length: arrows(tokens, at) };
  return { direction, length: 1 };
}

function arrows(tokens: Token[], at: number): number {
  let length = 1;
  while (tokens[at + length]?.text === tokens[at]?.text) length++;
  return length;
}

/** "within normal limits", "within the reference range". */
function within(tokens: Token[], at: number): Said | null {
  let length = 1;
  while (length < 5 && /^(?:the|normal|reference|ref)$/.test(tokens[at + length]?.text ?? '')) length++;
  if (NORMAL_NOUN.test(tokens[at + length]?.text ?? '')) length++;
  return length > 1 ? { direction: 'normal', length } : null;
}
