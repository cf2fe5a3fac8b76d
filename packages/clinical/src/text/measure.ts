/** The numbers of analytes in a sentence: "ALT 340 (10-125)", "PCV/TP 28/7.0", "39.8 C", "post 1.2". */
import { type Direction, degreeOf, readDirection } from './directions.ts';
import { readWords } from './measure-words.ts';
import { isNamed, type MeasureContext, type Named, type NumberRead, type WordRead } from './named.ts';
import type { Token } from './tokens.ts';
import { readValue, type TypedValue } from './values.ts';

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
  const typed = name.analytes.length === 1 ? valueAt(context, analyte, at, tokens[name.from]) : null;
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

/** @param name the word that names it: some names have units of their own */
function valueAt(
  { model, tokens, labs }: MeasureContext,
  id: string,
  at: number,
  name?: Token,
): TypedValue | null {
  const analyte = model.analytes[id];
  const conversions = model.conversions.get(name ? `${id} ${name.text}` : id) ?? model.conversions.get(id);
  const typed = analyte && conversions ? readValue(tokens, at, { analyte, conversions, labs }) : null;
  // A share of cells is no count of them: the number belongs to nothing that is kept here.
  return typed?.strange === '%' ? null : typed;
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
