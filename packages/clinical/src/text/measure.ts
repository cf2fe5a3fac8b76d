/** Analytes in a sentence: their numbers, and what words say of them ("ALT and ALP markedly elevated"). */
import { type Degree, type Direction, degreeOf, readDirection } from './directions.ts';
import type { TextModel } from './model.ts';
import type { Token } from './tokens.ts';
import { readValue, type TypedValue } from './values.ts';
import { FUNCTION_WORDS } from './words.ts';

/** An analyte named in a sentence, or a panel of several; token indexes. */
export type Named = {
  analytes: string[];
  from: number;
  to: number;
  /** Named by a finding ("thrombocytopenia (95)"): the number must stand in parentheses or have a unit. */
  byFinding?: boolean;
};

/** A number of an analyte; the span runs from the name (or the number) to the end of the value. */
export type NumberRead = { analyte: string; from: number; to: number; typed: TypedValue };

/** A direction said of an analyte in words. */
export type WordRead = Named & {
  direction: Direction;
  degree: Degree;
  denied: boolean;
  words: [number, number];
};

export type MeasureContext = {
  model: TextModel;
  tokens: Token[];
  labs: boolean;
  /** Tokens that belong to findings. */
  taken: Uint8Array;
};

/** Names that are also words or initials of something else: only with a number, and typed in capitals. */
const AMBIGUOUS = new Set(
  'be act pt fa du ts pi se fe cc pr cr sg p r t k tp alk iron lead crit lac fib ba mg ca ck na cl mono dbp sap fr fc vg pb cu zn ua s'.split(
    ' ',
  ),
);
/** Of those, lower case is usual too when a number follows. */
const LOWER_TOO = /^(?:t|p|r|k|tp|hr|rr|ca|mg|ck|na|cl|cr|sg|fr|fc|iron|lac|crit|lead|alk|mono|fib)$/;

const LINKS = new Set(
  ': = ~ @ ( - is was of at level levels count concentration value activity measured approx approximately about around now currently result reading rectal a to de foi the with persistently still only just remains'.split(
    ' ',
  ),
);
const MOST_LINKS = 4;

/** Numbers first; then words for the analytes that have none. */
export function readMeasures(
  context: MeasureContext,
  named: Named[],
): { numbers: NumberRead[]; words: WordRead[] } {
  const numbers: NumberRead[] = [];
  const rest: Named[] = [];
  const used = new Uint8Array(context.tokens.length);
  const keep = (read: NumberRead) => {
    numbers.push(read);
    used.fill(1, read.typed.from, read.typed.to + 1);
  };
  for (let i = 0; i < named.length; i++) {
    const list = composite(context, named, i);
    if (list) {
      for (const read of list) keep(read);
      i += list.length - 1;
      continue;
    }
    const name = named[i] as Named;
    const read = used[name.from] === 1 ? null : numberOf(context, name);
    if (read) keep(read);
    else if (used[name.from] === 0 && !name.byFinding) rest.push(name);
  }
  for (const read of looseNumbers(context, used)) keep(read);
  for (const read of secondNumbers(context, numbers, used)) keep(read);
  return { numbers, words: readWords(context, rest, used) };
}

function numberOf(context: MeasureContext, name: Named): NumberRead | null {
  const { tokens } = context;
  const counted = perField(context, name);
  if (counted) return counted;
  let at = name.to + 1;
  let flag: Direction | null = null;
  for (let links = 0; links < MOST_LINKS; links++) {
    const token = tokens[at];
    if (!token || token.kind === 'number') break;
    const said = readDirection(tokens, at, 'after');
    if (said && tokens[at + said.length]?.text !== ',') {
      flag = said.direction;
      at += said.length;
    } else if (LINKS.has(token.text) || degreeOf(token) !== null) at++;
    else break;
  }
  if (
    at > name.to + 1 &&
    flag !== null &&
    tokens[at]?.kind !== 'number' &&
    !/^[<>]/.test(tokens[at]?.text ?? '')
  )
    return null;
  const analyte = analyteMeant(context, name, tokens[at]);
  const typed = name.analytes.length === 1 ? valueAt(context, analyte, at) : null;
  if (!typed || !isNamed(context, name)) return null;
  const link = tokens[name.to + 1]?.text ?? '';
  if (name.byFinding && (typed.multiple || (link !== '(' && !(typed.unit && /^(?:of|at|:)$/.test(link)))))
    return null;
  const open = tokens.slice(name.to + 1, at).some((t) => t.text === '(');
  if (open && tokens[typed.to + 1]?.text === ')') typed.to++;
  typed.flag ??= flag === 'normal' ? null : flag;
  return { analyte, from: name.from, to: name.to, typed: { ...typed, from: at } };
}

/** "10-15 WBC/hpf": counts per field stand before their name. */
function perField(context: MeasureContext, name: Named): NumberRead | null {
  const [analyte] = name.analytes as [string];
  const { tokens, model } = context;
  if (model.analytes[analyte]?.unit !== '/hpf' || tokens[name.from - 1]?.kind !== 'number') return null;
  const range = tokens[name.from - 2]?.text === '-' && tokens[name.from - 3]?.kind === 'number';
  const from = name.from - (range ? 3 : 1);
  const typed = valueAt(context, analyte, from);
  return typed && { analyte, from, to: name.to, typed: { ...typed, to: name.from - 1 } };
}

/** Below this "P" is phosphorus, not a pulse. */
const LOWEST_PULSE = 15;

function analyteMeant({ model, tokens }: MeasureContext, name: Named, value: Token | undefined): string {
  const [analyte] = name.analytes as [string];
  const small = value?.kind === 'number' && value.value < LOWEST_PULSE;
  return small && tokens[name.from]?.text === 'p' && model.analytes.phosphate ? 'phosphate' : analyte;
}

function valueAt({ model, tokens, labs }: MeasureContext, id: string, at: number): TypedValue | null {
  const analyte = model.analytes[id];
  const conversions = model.conversions.get(id);
  return analyte && conversions ? readValue(tokens, at, { analyte, conversions, labs }) : null;
}

function isNamed({ tokens, labs }: MeasureContext, { from, to }: Named): boolean {
  const token = tokens[from] as Token;
  if (from !== to || !AMBIGUOUS.has(token.text)) return true;
  return token.upper || LOWER_TOO.test(token.text) || labs;
}

/** "PCV/TP 28/7.0", "T/P/R 39.2/120/36": as many numbers as names. */
function composite(context: MeasureContext, named: Named[], at: number): NumberRead[] | null {
  const { tokens } = context;
  const group = [named[at] as Named];
  if (group[0]?.byFinding) return null;
  while (tokens[(group.at(-1) as Named).to + 1]?.text === '/') {
    const next = named[at + group.length];
    if (!next || next.from !== (group.at(-1) as Named).to + 2) break;
    group.push(next);
  }
  if (group.length < 2) return null;
  let i = (group.at(-1) as Named).to + 1;
  while (/^[:=]$|^of$|^is$|^was$/.test(tokens[i]?.text ?? '')) i++;
  const reads: NumberRead[] = [];
  for (const name of group) {
    if (reads.length > 0) {
      if (!/^[/,]$|^and$/.test(tokens[i]?.text ?? '')) return null;
      i++;
    }
    const [analyte] = name.analytes as [string];
    const typed = name.analytes.length === 1 ? valueAt(context, analyte, i) : null;
    if (!typed) return null;
    reads.push({ analyte, from: name.from, to: name.to, typed });
    i = typed.to + 1;
  }
  return reads;
}

const FEVER_C: [number, number] = [35, 43];
const FEVER_F: [number, number] = [95, 110];

/** "39.8 C", "103.5F", "180 bpm": the unit names the quantity. */
function* looseNumbers(context: MeasureContext, used: Uint8Array): Generator<NumberRead> {
  const { tokens, model } = context;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind !== 'number' || used[at] === 1 || context.taken[at] === 1) continue;
    const unit = `${tokens[at + 1]?.text ?? ''}${tokens[at + 1]?.text === '°' ? (tokens[at + 2]?.text ?? '') : ''}`;
    const id = unitOf(unit, token.value);
    if (!id || !model.analytes[id]) continue;
    const typed = valueAt(context, id, at);
    if (typed?.unit) yield { analyte: id, from: at, to: at, typed };
  }
}

/** Tests of two samples: "cortisol pre 1.0, post 1.2", "ACTH stim: pre 40 post 600". */
const SECOND: Record<string, string> = {
  cortisol_basal: 'cortisol_post_acth',
  bile_acids_pre: 'bile_acids_post',
};
const STIMULATION = /^(?:stim|stimulation|stimulated)$/;

function* secondNumbers(
  context: MeasureContext,
  numbers: NumberRead[],
  used: Uint8Array,
): Generator<NumberRead> {
  const { tokens, model } = context;
  const stimulated = tokens.some((t) => STIMULATION.test(t.text));
  const first = numbers.find((n) => n.analyte in SECOND)?.analyte ?? (stimulated ? 'cortisol_basal' : null);
  if (first === null) return;
  for (let at = 0; at < tokens.length; at++) {
    const which = /^(?:pre|baseline|basal|post)$/.exec((tokens[at] as Token).text)?.[0];
    if (which === undefined) continue;
    const analyte = which === 'post' ? (SECOND[first] as string) : first;
    const value = /^[:=]$/.test(tokens[at + 1]?.text ?? '') ? at + 2 : at + 1;
    if (used[value] === 1 || !model.analytes[analyte]) continue;
    const typed = valueAt(context, analyte, value);
    if (typed) yield { analyte, from: at, to: at, typed };
  }
}

function unitOf(unit: string, value: number): string | null {
  const within = ([low, high]: [number, number]) => value >= low && value <= high;
  if (/^°?c$/.test(unit)) return within(FEVER_C) ? 'temperature' : null;
  if (/^°?f$/.test(unit)) return within(FEVER_F) ? 'temperature' : null;
  if (unit === 'bpm' && value >= 20) return 'heart_rate';
  return /^(?:brpm|mpm|rpm)$/.test(unit) ? 'respiratory_rate' : null;
}

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
function readWords(context: MeasureContext, named: Named[], used: Uint8Array): WordRead[] {
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
