/**
 * What became of every row: counts by table, and a line for each row of which something has to be said. Lines go to
 * a file of their own at once, so that a report of a million lines needs no memory.
 */
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Outcome = 'imported' | 'kept' | 'dropped';
export type Line = { table: string; row: string; outcome: Outcome; reason: string };

/** `read` = `imported` + `kept` + `dropped`. */
export type Counts = {
  read: number;
  /** In the new system now. */
  imported: number;
  /** Of those: were there before this run. */
  already: number;
  /** Could not be read; verbatim in legacy_rows. */
  kept: number;
  dropped: number;
};

export type Report = {
  readonly tables: Map<string, Counts>;
  /** What the operator should do now. */
  readonly advice: string[];
  read(table: string, rows?: number): void;
  imported(table: string, already: boolean): void;
  kept(table: string): void;
  dropped(table: string, rows: number): void;
  line(line: Line): void;
  lines(): AsyncGenerator<Line>;
  /** True when every row that was read has its place. */
  isComplete(): boolean;
  /** Removes the file of lines. */
  close(): void;
};

const BUFFERED = 64 * 1024;

export function createReport(): Report {
  const folder = mkdtempSync(join(tmpdir(), 'mozarela-import-'));
  const file = join(folder, 'lines');
  const handle = openSync(file, 'wx', 0o600);
  let buffer = '';
  const tables = new Map<string, Counts>();
  const flush = () => {
    if (buffer) writeSync(handle, buffer);
    buffer = '';
  };
  const of = (table: string) => {
    const counts = tables.get(table) ?? { read: 0, imported: 0, already: 0, kept: 0, dropped: 0 };
    tables.set(table, counts);
    return counts;
  };
  return {
    tables,
    advice: [],
    read(table, rows = 1) {
      of(table).read += rows;
    },
    imported(table, already) {
      of(table).imported += 1;
      if (already) of(table).already += 1;
    },
    kept(table) {
      of(table).kept += 1;
    },
    dropped(table, rows) {
      of(table).dropped += rows;
    },
    line(line) {
      buffer += `${JSON.stringify(line)}\n`;
      if (buffer.length > BUFFERED) flush();
    },
    async *lines() {
      flush();
      for await (const text of createInterface({ input: createReadStream(file, 'utf8') }))
        yield JSON.parse(text) as Line;
    },
    isComplete: () =>
      [...tables.values()].every(({ read, imported, kept, dropped }) => read === imported + kept + dropped),
    close() {
      closeSync(handle);
      rmSync(folder, { recursive: true });
    },
  };
}

const COLUMNS = ['read', 'imported', 'already', 'kept', 'dropped'] as const;

function* table(report: Report): Generator<string> {
  const width = Math.max(5, ...[...report.tables.keys()].map((name) => name.length));
  const row = (name: string, cells: readonly (string | number)[]) =>
    `  ${name.padEnd(width)}  ${cells.map((cell) => String(cell).padStart(9)).join('')}\n`;
  yield row('', ['read', 'imported', '(before)', 'kept', 'dropped']);
  for (const [name, counts] of report.tables)
    yield row(
      name,
      COLUMNS.map((column) => counts[column]),
    );
}

/** The report for people, piece by piece. */
export async function* renderText(report: Report): AsyncGenerator<string> {
  yield 'Import from the original system\n\n';
  yield* table(report);
  yield report.isComplete()
    ? '\nEvery row is accounted for: read = imported + kept + dropped. Kept rows are verbatim in the table legacy_rows.\n'
    : '\nNOT every row is accounted for: read is not imported + kept + dropped. Nothing was taken from the source; run the import again.\n';
  if (report.advice.length > 0) yield '\nTo do now\n';
  for (const text of report.advice) yield `  - ${text}\n`;
  yield '\nRow by row\n';
  let some = false;
  for await (const { table, row, outcome, reason } of report.lines()) {
    some = true;
    yield `  ${table} ${JSON.stringify(row)}: ${outcome}. ${reason}\n`;
  }
  if (!some) yield '  Nothing to say of any row.\n';
}

/** The report as one JSON document, piece by piece. */
export async function* renderJson(report: Report): AsyncGenerator<string> {
  const head = {
    complete: report.isComplete(),
    tables: Object.fromEntries(report.tables),
    advice: report.advice,
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "lines": [`;
  let separator = '\n    ';
  for await (const line of report.lines()) {
    yield separator + JSON.stringify(line);
    separator = ',\n    ';
  }
  yield '\n  ]\n}\n';
}
