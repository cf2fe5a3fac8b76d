/** What words say of analytes: "P and K high, Cl/HCO3 low", "markedly elevated ALT", "ALT within normal limits". */
import { type Degree, type Direction, degreeOf, readDirection } from './directions.ts';
import { isNamed, type MeasureContext, type Named, type WordRead } from './named.ts';
import type { Token } from './tokens.ts';
import { FUNCTION_WORDS } from './words.ts';

const JOINTS = new Set([',', '/', '&', 'and', '+', 'e', 'or', 'nor']);
const COPULAS = new Set(
  'is are was were be been being has have had all both also remains remain remained appear appears seem seems level levels count counts concentration concentrations activity activities values value : - = ( estao esta the quite rather at extremely'.split(
    ' ',
  ),
);
const BEFORE = new Set(
  'in of the serum blood plasma total his her its levels level a an na no nos da do dos das venous arterial circulating liver enzymes both'.split(
    ' ',
  ),
);

/** Groups analytes that share one direction word and reads it, behind the group or before it. */
export function readWords(context: MeasureContext, named: Named[], used: Uint8Array): WordRead[] {
  const out: WordRead[] = [];
  for (let i = 0; i < named.length; ) {
    const group = groupFrom(context, named, i, used);
    i += group.length;
    const before = wordBefore(context, group[0] as Named, used);
    // "marked CK elevation"
    const ahead = degreeOf(context.tokens[(group[0] as Named).from - 1]);
    const behind = wordAfter(context, group.at(-1) as Named, used);
    const after = behind && { ...behind, degree: behind.degree === 0 ? (ahead ?? 0) : behind.degree };
    const afterIsTheirs = after !== null && !(before && startsNext(context, named[i], after));
    const commas = group.length > 1 && before !== null && afterIsTheirs;
    group.forEach((name, k) => {
      const last = k === group.length - 1;
      const said = commas ? (last ? after : before) : (before ?? (afterIsTheirs ? after : null));
      if (!said || (!isNamed(context, name) && !said.arrow)) return;
      if (!context.labs && lonelyLetter(context, name, group.length) && !said.arrow) return;
      out.push({ ...name, ...said });
    });
    for (const said of [before, afterIsTheirs ? after : null])
      if (said) used.fill(1, said.words[0], said.words[1] + 1);
  }
  return out;
}

type SaidWord = {
  direction: Direction;
  degree: Degree;
  denied: boolean;
  words: [number, number];
  arrow: boolean;
};

function groupFrom({ tokens }: MeasureContext, named: Named[], at: number, used: Uint8Array): Named[] {
  const group = [named[at] as Named];
  for (let k = at + 1; k < named.length; k++) {
    const last = group.at(-1) as Named;
    const next = named[k] as Named;
    let gap = last.to + 1;
    while (gap < next.from && JOINTS.has((tokens[gap] as Token).text) && used[gap] === 0) gap++;
    if (gap !== next.from || gap === last.to + 1) break;
    group.push(next);
  }
  return group;
}

/** "T" or "P" alone with a word is too little outside laboratory text; "P and K high" is enough. */
function lonelyLetter({ tokens }: MeasureContext, { from, to }: Named, group: number): boolean {
  return from === to && (tokens[from] as Token).text.length === 1 && group === 1;
}

function startsNext({ tokens }: MeasureContext, next: Named | undefined, said: SaidWord): boolean {
  if (!next) return false;
  let at = said.words[1] + 1;
  while (at < next.from && BEFORE.has((tokens[at] as Token).text)) at++;
  return at === next.from;
}

function wordBefore({ tokens, taken }: MeasureContext, name: Named, used: Uint8Array): SaidWord | null {
  let at = name.from - 1;
  while (at >= 0 && (BEFORE.has((tokens[at] as Token).text) || degreeOf(tokens[at]) !== null)) at--;
  if (at < 0 || used[at] === 1 || taken[at] === 1) return null;
  const token = tokens[at] as Token;
  const said = readDirection(tokens, at, 'before');
  if (!said) return null;
  const glide = tokens.slice(at + 1, name.from);
  const inner = glide.map(degreeOf).find((d) => d !== null) ?? null;
  const outer = degreeOf(tokens[at - 1]);
  const from = outer !== null ? at - 1 : at;
  const arrow = token.text === '↑' || token.text === '↓';
  return { direction: said.direction, degree: inner ?? outer ?? 0, denied: false, words: [from, at], arrow };
}

function wordAfter({ tokens, taken }: MeasureContext, name: Named, used: Uint8Array): SaidWord | null {
  let at = name.to + 1;
  let degree: Degree = 0;
  let denied = false;
  for (; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const amount = degreeOf(token);
    if (amount !== null) degree = amount;
    else if (token.key === 'not' || token.text === 'nao') denied = true;
    else if (!COPULAS.has(token.text)) break;
  }
  const token = tokens[at];
  if (!token || used[at] === 1 || taken[at] === 1) return null;
  const said = readDirection(tokens, at, 'after');
  if (!said) return null;
  const to = at + said.length - 1;
  const later = degreeOf(tokens[to + 1]);
  const next = tokens[to + 1];
  // "ALT normal" but not "temperature normal saline"; "high" before its own noun belongs to that noun.
  if (
    next?.kind === 'word' &&
    said.direction === 'low' &&
    /^(?:grade|dose|fat|protein|sodium)$/.test(next.text)
  )
    return null;
  if (FUNCTION_WORDS.has(token.text)) return null;
  return {
    direction: said.direction,
    degree: later ?? degree,
    denied,
    words: [name.to + 1, to],
    arrow: token.text === '↑' || token.text === '↓',
  };
}
