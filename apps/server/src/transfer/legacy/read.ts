/** Reading one row: its JSON document, its texts, and what has to be said about them. */
import type { LegacyRow, LegacyValue } from './source.ts';

/** What is reported of a row; with `keep` the row is also kept as it was. */
export type Notes = { readonly reasons: string[]; keep: boolean };

export const createNotes = (): Notes => ({ reasons: [], keep: false });

/** Says something that loses nothing. */
export const note = (notes: Notes, reason: string): void => void notes.reasons.push(reason);

/** Says that something has no place in the new system, so that the row is kept as it was. */
export function noteLoss(notes: Notes, reason: string): void {
  notes.reasons.push(reason);
  notes.keep = true;
}

const NUL = /\0/g;

/** Text that every database can hold. */
export function clean(notes: Notes, name: string, text: string): string {
  const count = text.match(NUL)?.length ?? 0;
  if (count > 0) noteLoss(notes, `${name}: ${count} NUL character(s) removed`);
  const bare = text.replace(NUL, '');
  if (!bare.isWellFormed()) noteLoss(notes, `${name}: half of a character replaced`);
  return bare.toWellFormed();
}

/**
 * A text field, cleaned, null when empty. Numbers count as text. Anything else, and what is too long, is kept with
 * the row.
 */
export function textOf(notes: Notes, name: string, value: unknown, max: number): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
    noteLoss(notes, `${name} is not text`);
    return null;
  }
  const text = clean(notes, name, String(value));
  if (text.trim() === '') return null;
  if (text.length <= max) return text;
  noteLoss(notes, `${name} is longer than ${max} characters: the rest is with the kept row`);
  return text.slice(0, max).toWellFormed();
}

export type Document = Record<string, unknown>;

export const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decode(notes: Notes, value: LegacyValue | undefined): string | null {
  if (typeof value === 'string') return value;
  if (!(value instanceof Uint8Array)) return null;
  const text = Buffer.from(value).toString('utf8');
  if (!Buffer.from(text).equals(Buffer.from(value))) noteLoss(notes, 'data: bytes that are no text replaced');
  return text;
}

/** The JSON object in a column; null, with the reason noted, when there is none. */
export function readDocument(notes: Notes, value: LegacyValue | undefined): Document | null {
  const text = decode(notes, value);
  if (text === null || text.trim() === '') {
    noteLoss(notes, value === null || value === undefined ? 'data is NULL' : 'data is empty or not text');
    return null;
  }
  let parsed = parse(text.replace(/^\uFEFF/, ''));
  if (parsed === undefined && text.includes('\0')) {
    parsed = parse(text.replace(NUL, ''));
    if (parsed !== undefined) noteLoss(notes, 'data: NUL characters removed');
  }
  // Written twice over: a string that holds the object.
  if (typeof parsed === 'string') parsed = parse(parsed);
  if (isDocument(parsed)) return parsed;
  noteLoss(notes, parsed === undefined ? 'data is cut off or not JSON' : 'data is JSON but not an object');
  return null;
}

/** True for what says nothing: null, "", [], {}, [{}], false. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isDocument(value) && Object.values(value).every(isEmpty);
}

/** Notes fields that the new system has no place for. */
export function noteUnknown(notes: Notes, document: Document, known: ReadonlySet<string>): void {
  const names = Object.keys(document).filter((name) => !known.has(name) && !isEmpty(document[name]));
  if (names.length > 0)
    noteLoss(notes, `no place for ${names.map((name) => JSON.stringify(name)).join(', ')}`);
}

const SECRET = '[password removed]';

function withoutPassword(value: LegacyValue): LegacyValue {
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
  if (typeof text !== 'string' || !/password/i.test(text)) return value;
  // Also of a document that is cut off in the middle of it.
  return text.replace(/(\\*"password\\*"\s*:\s*)(\\*"(?:[^"\\]|\\.)*"?|[^,}\s]+)/gi, `$1"${SECRET}"`);
}

/** A row as JSON by column, as it was except for passwords: those are hashed and never kept. */
export function rawOf({ values }: LegacyRow): string {
  const columns = Object.entries(values).map(([column, value]) => {
    if (/^(password|token|csrfToken)$/i.test(column)) return [column, value === null ? null : SECRET];
    const safe = withoutPassword(value);
    if (safe instanceof Uint8Array) return [column, { $base64: Buffer.from(safe).toString('base64') }];
    return [column, typeof safe === 'bigint' ? String(safe) : safe];
  });
  return JSON.stringify(Object.fromEntries(columns));
}
