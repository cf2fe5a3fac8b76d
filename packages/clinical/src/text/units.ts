/** Units of measured quantities: how they are typed, and their conversion into the unit that an analyte is kept in. */
import type { Analyte } from '../knowledge/schema.ts';
import type { Token } from './tokens.ts';

/** canonical = value x factor + offset. */
export type Conversion = { unit: string; factor: number; offset: number };

const ALIASES: Record<string, string> = {
  c: '°c',
  celsius: '°c',
  degc: '°c',
  degreescelsius: '°c',
  f: '°f',
  fahrenheit: '°f',
  degf: '°f',
  bpm: '/min',
  'beats/min': '/min',
  beatsperminute: '/min',
  beatspermin: '/min',
  'breaths/min': '/min',
  breathsperminute: '/min',
  'b/min': '/min',
  brpm: '/min',
  rpm: '/min',
  mpm: '/min',
  ppm: 'ppm',
  perminute: '/min',
  permin: '/min',
  minute: '/min',
  '/minute': '/min',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  segundos: 's',
  seg: 's',
  mins: 'min',
  minutes: 'min',
  percent: '%',
  'iu/l': 'u/l',
  'ui/l': 'u/l',
  'miu/l': 'mu/l',
  'k/ul': '10^3/ul',
  'thou/ul': '10^3/ul',
  'cells/ul': '/ul',
  'cells/mm^3': '/ul',
  '/mm^3': '/ul',
  '/mm3': '/ul',
  'm/ul': '10^6/ul',
  'mil/ul': '10^6/ul',
  'g/l10^9': '10^9/l',
  k: '10^3/ul',
  'mm/hg': 'mmhg',
  outof9: '/9',
  outof5: '/5',
  vertebrae: 'v',
};

/** One spelling of a unit. */
export function unitKey(typed: string): string {
  const key = typed
    .toLowerCase()
    .replaceAll(/\s+/g, '')
    .replaceAll(/[µμ]/g, 'u')
    .replace(/^º/, '°')
    .replace('mcg', 'ug')
    .replace(/^[x*×](?=10)/, '')
    .replace(/^10[e*]/, '10^')
    .replace(/^10(?=\d+\/)/, '10^')
    .replace(/^10\^?\^/, '10^');
  return ALIASES[key] ?? key;
}

/** The ways to convert into an analyte's own unit, by unit key; the own unit is among them. */
export function conversionsOf(analyte: Analyte): Map<string, Conversion> {
  const conversions = new Map<string, Conversion>();
  for (const [unit, rule] of Object.entries(analyte.units)) {
    const conversion = typeof rule === 'number' ? { unit, factor: rule, offset: 0 } : { unit, ...rule };
    if (!conversions.has(unitKey(unit))) conversions.set(unitKey(unit), conversion);
  }
  conversions.set(unitKey(analyte.unit), { unit: analyte.unit, factor: 1, offset: 0 });
  return conversions;
}

/** Conversion from a typed unit; by dimension ("g/L" into "g/dL") where the analyte does not list it. */
export function conversionFrom(
  analyte: Analyte,
  listed: Map<string, Conversion>,
  typed: string,
): Conversion | null {
  const key = unitKey(typed);
  const known = listed.get(key);
  if (known) return known;
  const from = dimension(key);
  if (!from) return null;
  const own = dimension(unitKey(analyte.unit));
  if (own && own.kind === from.kind) return { unit: typed, factor: from.size / own.size, offset: 0 };
  for (const [other, conversion] of listed) {
    const via = dimension(other);
    if (via && via.kind === from.kind)
      return { unit: typed, factor: (from.size / via.size) * conversion.factor, offset: conversion.offset };
  }
  return null;
}

const AMOUNTS: Record<string, [string, number]> = {
  g: ['mass', 1],
  mg: ['mass', 1e-3],
  ug: ['mass', 1e-6],
  ng: ['mass', 1e-9],
  pg: ['mass', 1e-12],
  mol: ['mole', 1],
  mmol: ['mole', 1e-3],
  umol: ['mole', 1e-6],
  nmol: ['mole', 1e-9],
  pmol: ['mole', 1e-12],
  u: ['unit', 1],
  iu: ['unit', 1],
  mu: ['unit', 1e-3],
  ku: ['unit', 1e3],
  ukat: ['unit', 60],
  '10^12': ['count', 1e12],
  '10^9': ['count', 1e9],
  '10^6': ['count', 1e6],
  '10^3': ['count', 1e3],
  '': ['count', 1],
};
const VOLUMES: Record<string, number> = { l: 1, dl: 0.1, ml: 1e-3, ul: 1e-6 };

function dimension(key: string): { kind: string; size: number } | null {
  const [amount, volume, rest] = key.split('/');
  const a = AMOUNTS[amount as string];
  const v = VOLUMES[volume ?? ''];
  return a && v && rest === undefined ? { kind: a[0], size: a[1] / v } : null;
}

/** An amount in a volume, or a share: a unit of something, whether or not of the analyte at hand. */
export function isMeasure(typed: string): boolean {
  const key = unitKey(typed);
  return key === '%' || (/^[a-z]+\/[a-z]+$/.test(key) && dimension(key) !== null);
}

const LONGEST_UNIT = 8;
const UNIT_TEXT = /^[a-z0-9%°/^*.]+$/;

/** The longest run of tokens from `at` that `accepts` takes as a unit. */
export function readUnit<T>(
  tokens: Token[],
  at: number,
  accepts: (typed: string) => T | null,
): { found: T; length: number } | null {
  let typed = '';
  let best: { found: T; length: number } | null = null;
  for (let length = 1; length <= LONGEST_UNIT; length++) {
    const token = tokens[at + length - 1];
    if (!token || !UNIT_TEXT.test(token.text)) break;
    if (length === 1 && token.kind === 'number' && tokens[at + 1]?.text !== '^') break;
    // "25.3K" counts in thousands; in "25 K 7.1" the K is potassium.
    if (length === 1 && token.text === 'k' && !token.glued) break;
    typed += token.text;
    const found = accepts(typed);
    if (found !== null) best = { found, length };
  }
  return best;
}
