/** Reads a clinic's protocol and says, by line and column, what is wrong or doubtful in it. */
import {
  plain,
  readAge,
  readAnimals,
  readKeyword,
  readList,
  readNumber,
  readSexes,
  readYes,
} from './cells.ts';
import { type ColumnName, readHeader } from './columns.ts';
import { type Cell, type CsvRow, readCsv } from './csv.ts';
import type { CsvIssue, ParsedProtocol, ProtocolKeyword, ProtocolRow } from './types.ts';

export const MAX_PROTOCOL_ROWS = 5000;
/** Past this many messages of a kind the rest is only counted. */
const MAX_ISSUES = 100;
const SHORT_KEYWORD = 3;

/** Of each keyword, the end of a sentence that tells what is doubtful in its meaning, or null. */
export type KeywordDoubts = (keywords: readonly string[]) => (string | null)[];

/**
 * Parses the text of a CSV file. Never throws; `errors` non-empty means that the protocol must not be used.
 * `doubtsOf` is the engine's, for warnings that need its vocabulary: thresholds without a unit.
 */
export function parseProtocol(csv: string, doubtsOf: KeywordDoubts | null = null): ParsedProtocol {
  const errors: CsvIssue[] = [];
  const warnings: CsvIssue[] = [];
  const { rows: all, tooManyAt } = readCsv(csv, MAX_PROTOCOL_ROWS + 1, errors);
  const [header, ...data] = all;
  if (tooManyAt !== null) {
    const message = `More than ${MAX_PROTOCOL_ROWS.toLocaleString('en')} rows. Split the protocol into smaller ones.`;
    return {
      rows: [],
      rowCount: data.length,
      errors: [{ line: tooManyAt, column: 1, message }],
      warnings,
    };
  }
  if (!header) {
    errors.push({ line: 1, column: 1, message: 'The file is empty.' });
    return { rows: [], rowCount: 0, errors, warnings };
  }
  const columns = readHeader(header, errors, warnings);
  const complete = errors.length === 0;
  const readers = complete ? data.map((cells) => rowReader(cells, columns, errors, warnings)) : [];
  const rows = readers.map((reader) => readRow(reader, header.length, errors));
  if (doubtsOf) warnDoubts(rows, readers, doubtsOf);
  if (complete && data.length === 0)
    errors.push({ line: header[0]?.line ?? 1, column: 1, message: 'No row under the header.' });
  warnRows(rows, warnings);
  return { rows, rowCount: data.length, errors: capped(errors), warnings: capped(warnings) };
}

function capped(issues: CsvIssue[]): CsvIssue[] {
  const sorted = [...issues].sort((a, b) => a.line - b.line || a.column - b.column);
  const rest = sorted.length - MAX_ISSUES;
  if (rest <= 0) return sorted;
  const last = sorted[MAX_ISSUES] as CsvIssue;
  return [...sorted.slice(0, MAX_ISSUES), { ...last, message: `And ${rest} more from here on.` }];
}

type RowReader = {
  cells: CsvRow;
  cell: (name: ColumnName) => Cell | undefined;
  text: (name: ColumnName) => string;
  fail: (name: ColumnName, message: string) => void;
  warn: (name: ColumnName, message: string) => void;
};

function rowReader(
  cells: CsvRow,
  columns: ReadonlyMap<ColumnName, number>,
  errors: CsvIssue[],
  warnings: CsvIssue[],
): RowReader {
  const cell = (name: ColumnName) => cells[columns.get(name) ?? -1];
  const place = (name: ColumnName) => {
    const at = cell(name) ?? (cells.at(-1) as Cell);
    return { line: at.line, column: at.column };
  };
  return {
    cells,
    cell,
    text: (name) => cell(name)?.text.trim() ?? '',
    fail: (name, message) => errors.push({ ...place(name), message: `${name}: ${message}` }),
    warn: (name, message) => warnings.push({ ...place(name), message: `${name}: ${message}` }),
  };
}

function readRow(row: RowReader, width: number, errors: CsvIssue[]): ProtocolRow {
  const { cells } = row;
  const extra = cells.slice(width).find((cell) => cell.text.trim() !== '');
  if (extra)
    errors.push({
      line: extra.line,
      column: extra.column,
      message: `The row has ${cells.length} cells, the header ${width}. Put quotes around a cell that contains the separator.`,
    });
  const disease = row.text('Disease');
  if (disease === '') row.fail('Disease', 'is empty.');
  return {
    line: cells[0]?.line ?? 1,
    disease,
    keywords: readKeywords(row, 'Symptom_Keywords'),
    baseProbability: readPoints(row, 'Base_Probability'),
    matchWeight: readPoints(row, 'Match_Weight'),
    suggestedTests: readTests(row.text('Suggested_Tests')),
    treatmentPlan: readTreatment(row),
    ...readGates(row),
    excludeKeywords: readKeywords(row, 'Exclude_Keywords'),
    cannotMiss: readCannotMiss(row),
    refs: readList(row.text('Refs'), false),
  };
}

function readTests(text: string): string[] {
  return readList(text, !/[;|\n]/.test(text));
}

function readKeywords(row: RowReader, name: 'Symptom_Keywords' | 'Exclude_Keywords'): ProtocolKeyword[] {
  const seen = new Set<string>();
  const keywords: ProtocolKeyword[] = [];
  for (const raw of readList(row.text(name), true)) {
    const keyword = readKeyword(raw);
    const key = `${keyword.negated} ${plain(keyword.text)}`;
    if (seen.has(key)) {
      row.warn(name, `"${raw}" occurs twice and counts once.`);
      continue;
    }
    seen.add(key);
    keywords.push(keyword);
    if (keyword.text.length < SHORT_KEYWORD)
      row.warn(name, `"${raw}" is short and may match what is not meant.`);
    if (keyword.weight !== null && keyword.weight > 99) row.fail(name, `the weight of "${raw}" is above 99.`);
  }
  if (name === 'Symptom_Keywords' && keywords.length === 0)
    row.fail(name, 'no keyword, so the row can never match.');
  return keywords;
}

function readPoints(row: RowReader, name: 'Base_Probability' | 'Match_Weight'): number {
  const text = row.text(name);
  const value = readNumber(text);
  if (value === null) row.fail(name, text === '' ? 'is empty.' : `"${text.slice(0, 40)}" is not a number.`);
  else if (value < 0 || value > 100) row.fail(name, `${text} is not between 0 and 100.`);
  else if (value > 0 && value < 1)
    row.warn(name, `${text} is less than one point. Points go from 0 to 99: is ${value * 100} meant?`);
  else if (value === 0 && name === 'Match_Weight')
    row.warn(name, 'is 0, so a matching keyword changes nothing.');
  return value ?? 0;
}

function readTreatment(row: RowReader): string[] {
  const text = row.text('Treatment_Plan');
  const dose = doseWithoutUnit(text);
  if (dose !== null) row.warn('Treatment_Plan', `"${dose}" looks like a dose without a unit.`);
  return readList(text, false);
}

const UNIT = '(?:mg|mcg|µg|μg|ug|g|ml|l|iu|u|units?|meq|mmol|%|tab\\w*|caps?\\w*|drops?|puffs?|pumps?)';
const PER_KG = new RegExp(`\\d+(?:[.,]\\d+)?(?!\\s*${UNIT}\\b)\\s*(?:/|per)\\s*kg\\b`, 'i');
const BEFORE_INTERVAL =
  /(?<![\w.,/-])\d+(?:[.,]\d+)?(?:\s+(?:po|iv|im|sc|sq|orally))?\s+(?:bid|tid|qid|sid|eod|q\s?\d+\s?h)\b/i;

/** "0.2/kg", "Meloxicam 0.2 SID": a number that is given without saying of what. */
export function doseWithoutUnit(text: string): string | null {
  return (PER_KG.exec(text) ?? BEFORE_INTERVAL.exec(text))?.[0].trim() ?? null;
}

function readGates(row: RowReader): Pick<ProtocolRow, 'animals' | 'sexes' | 'ageMin' | 'ageMax' | 'breeds'> {
  const animals = readAnimals(row.text('Species'));
  if ('unknown' in animals) row.fail('Species', `"${animals.unknown}" is not a species known here.`);
  const sexes = readSexes(row.text('Sex'));
  if ('unknown' in sexes) row.fail('Sex', `"${sexes.unknown}" is not one of M, MN, F, FS, male, female.`);
  const ageMin = readBound(row, 'Age_Min');
  const ageMax = readBound(row, 'Age_Max');
  if (ageMin !== null && ageMax !== null && ageMin > ageMax) row.fail('Age_Max', 'is below Age_Min.');
  return {
    animals: 'animals' in animals ? animals.animals : null,
    sexes: 'sexes' in sexes ? sexes.sexes : null,
    ageMin,
    ageMax,
    breeds: readList(row.text('Breeds'), true),
  };
}

function readBound(row: RowReader, name: 'Age_Min' | 'Age_Max'): number | null {
  const text = row.text(name);
  if (text === '') return null;
  const age = readAge(text);
  if (age === null) row.fail(name, `"${text.slice(0, 40)}" is not an age (years, or "6 months", "8 weeks").`);
  return age;
}

function readCannotMiss(row: RowReader): boolean {
  const value = readYes(row.text('Cannot_Miss'));
  if (value === null)
    row.fail('Cannot_Miss', `"${row.text('Cannot_Miss').slice(0, 40)}" is neither yes nor no.`);
  return value ?? false;
}

/** Only keywords with a number are asked about: reading all of a large protocol takes seconds. */
function warnDoubts(
  rows: readonly ProtocolRow[],
  readers: readonly RowReader[],
  doubtsOf: KeywordDoubts,
): void {
  const places = rows.flatMap((row, i) => [
    ...row.keywords.map((keyword) => ({ keyword, reader: readers[i], name: 'Symptom_Keywords' as const })),
    ...row.excludeKeywords.map((keyword) => ({
      keyword,
      reader: readers[i],
      name: 'Exclude_Keywords' as const,
    })),
  ]);
  const asked = [...new Set(places.map(({ keyword }) => keyword.text).filter((text) => /\d/.test(text)))];
  const answers = doubtsOf(asked);
  const doubts = new Map(asked.map((text, i) => [text, answers[i] ?? null]));
  for (const { keyword, reader, name } of places) {
    const doubt = doubts.get(keyword.text);
    if (doubt) reader?.warn(name, `"${keyword.raw}" ${doubt}`);
  }
}

/** What only shows when rows are seen together. */
function warnRows(rows: readonly ProtocolRow[], warnings: CsvIssue[]): void {
  const firstLine = new Map<string, number>();
  for (const row of rows) {
    if (row.disease === '') continue;
    const key = plain(row.disease);
    const first = firstLine.get(key);
    if (first === undefined) firstLine.set(key, row.line);
    else
      warnings.push({
        line: row.line,
        column: 1,
        message: `"${row.disease}" is already in line ${first}; both are scored.`,
      });
  }
  const [first, ...rest] = rows;
  const same = (row: ProtocolRow) =>
    row.baseProbability === first?.baseProbability && row.matchWeight === first.matchWeight;
  if (first && rest.length >= 2 && rest.every(same))
    warnings.push({
      line: first.line,
      column: 1,
      message:
        'All rows have the same Base_Probability and Match_Weight, so only the number of matches ranks them.',
    });
}
