/**
 * RFC 4180 with what spreadsheets really write: BOM, CRLF, `;` or tab as separator, line breaks in quoted cells.
 * Every cell keeps its line and column in the file, which no parser at hand gives.
 */
import type { CsvIssue } from './types.ts';

export type Cell = { text: string; line: number; column: number; quoted: boolean };
export type CsvRow = Cell[];

export const SEPARATORS = [',', ';', '\t'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** The separator that occurs most often outside quotes in the first line; a comma when none does. */
export function detectSeparator(text: string): Separator {
  const count: Record<Separator, number> = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) {
      if (count[','] + count[';'] + count['\t'] > 0) break;
    } else if (!quoted && char in count) count[char as Separator]++;
  }
  return SEPARATORS.reduce((best, s) => (count[s] > count[best] ? s : best), ',');
}

/**
 * Reads rows until the end or `limit` rows; `tooManyAt` is the line of the first row past it. Blank lines are left
 * out. A quote that is never closed and text after a closing quote are reported in `issues`; reading goes on as far
 * as it can.
 */
export function readCsv(
  source: string,
  limit: number,
  issues: CsvIssue[],
): { rows: CsvRow[]; separator: Separator; tooManyAt: number | null } {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const separator = detectSeparator(text);
  const rows: CsvRow[] = [];
  const reader = { text, at: 0, line: 1, lineStart: 0, separator, issues };
  while (reader.at < text.length) {
    const row = readRow(reader);
    if (row.every((cell) => cell.text.trim() === '')) continue;
    if (rows.length === limit) return { rows, separator, tooManyAt: row[0]?.line ?? 1 };
    rows.push(row);
  }
  return { rows, separator, tooManyAt: null };
}

type Reader = {
  text: string;
  at: number;
  line: number;
  lineStart: number;
  separator: string;
  issues: CsvIssue[];
};

function readRow(reader: Reader): CsvRow {
  const cells: CsvRow = [];
  for (;;) {
    cells.push(readCell(reader));
    if (reader.text[reader.at] === reader.separator) {
      reader.at++;
      if (reader.at < reader.text.length) continue;
      cells.push({ text: '', line: reader.line, column: column(reader), quoted: false });
    }
    skipLineBreak(reader);
    return cells;
  }
}

function readCell(reader: Reader): Cell {
  const { text } = reader;
  const start = { line: reader.line, column: column(reader) };
  let probe = reader.at;
  while (text[probe] === ' ') probe++;
  if (text[probe] === '"') {
    reader.at = probe + 1;
    const value = readQuoted(reader, start);
    const extra = readPlain(reader);
    if (extra.trim() !== '')
      reader.issues.push({
        line: reader.line,
        column: column(reader) - extra.length,
        message: 'Text after a closing quote. Write a quote inside a cell twice ("").',
      });
    return { text: value, ...start, quoted: true };
  }
  return { text: readPlain(reader), ...start, quoted: false };
}

/** Up to the closing quote; `""` is a quote. */
function readQuoted(reader: Reader, start: { line: number; column: number }): string {
  const { text } = reader;
  let value = '';
  for (;;) {
    const end = text.indexOf('"', reader.at);
    const stop = end < 0 ? text.length : end;
    countLines(reader, stop);
    value += text.slice(reader.at, stop);
    reader.at = stop + 1;
    if (end < 0) {
      reader.at = text.length;
      reader.issues.push({ ...start, message: 'A quote opens here and is never closed.' });
      return value;
    }
    if (text[reader.at] !== '"') return value.replace(/\r\n?/g, '\n');
    value += '"';
    reader.at++;
  }
}

function countLines(reader: Reader, until: number): void {
  const { text } = reader;
  for (let i = reader.at; i < until; i++) {
    const char = text[i];
    if (char !== '\n' && !(char === '\r' && text[i + 1] !== '\n')) continue;
    reader.line++;
    reader.lineStart = i + 1;
  }
}

function readPlain(reader: Reader): string {
  const { text, separator } = reader;
  let end = reader.at;
  while (end < text.length) {
    const char = text[end];
    if (char === separator || char === '\n' || char === '\r') break;
    end++;
  }
  const value = text.slice(reader.at, end);
  reader.at = end;
  return value;
}

function skipLineBreak(reader: Reader): void {
  const { text } = reader;
  if (text[reader.at] !== '\n' && text[reader.at] !== '\r') return;
  reader.at += text.startsWith('\r\n', reader.at) ? 2 : 1;
  reader.line++;
  reader.lineStart = reader.at;
}

function column(reader: Reader): number {
  return reader.at - reader.lineStart + 1;
}
