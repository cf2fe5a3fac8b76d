/** The result of a move, for people. */
import type { MoveReport } from './move.ts';

const CHECKSUM_SHOWN = 16;

const bytes = (count: number) => `${count.toLocaleString('en')} bytes`;

function* tableLines({ tables }: MoveReport): Generator<string> {
  const width = Math.max(...tables.map(({ table }) => table.length));
  for (const { table, rows, checksum, targetRows, targetChecksum, equal, different = [] } of tables) {
    const name = table.padEnd(width);
    const own = `${String(rows).padStart(10)} rows  ${checksum.slice(0, CHECKSUM_SHOWN)}`;
    if (targetRows === undefined) yield `  ${name}${own}`;
    else if (equal) yield `  ${name}${own}  the same in the target`;
    else {
      yield `  ${name}${own}  DIFFERENT: ${targetRows} rows  ${targetChecksum?.slice(0, CHECKSUM_SHOWN)}`;
      for (const key of different) yield `    not the same: ${key}`;
    }
  }
}

function* conclusion(report: MoveReport): Generator<string> {
  const { dryRun, target, sourceChanged, equal, blobs, tables } = report;
  if (!blobs && tables.some(({ table, rows }) => table === 'attachments' && rows > 0))
    yield 'Files of cases were not moved: they are still in the data directory. Run this again with --blobs.';
  if (sourceChanged)
    yield 'The source was written to meanwhile. Stop every process that uses it and run this again: only what changed is moved.';
  if (dryRun) yield 'Nothing was written. The source is sound, and the target can take it.';
  else if (equal && !sourceChanged)
    yield target === 'finished'
      ? 'The move was finished before; source and target are still the same.'
      : 'Everything is in the target, row by row. Set DATABASE_URL (and S3_ENDPOINT) and start the program.';
  else if (!equal)
    yield target === 'finished'
      ? 'The move was finished before, and the target has changed since: it is in use. Nothing was written.'
      : 'Source and target are NOT the same. The source is untouched.';
}

/** Lines of text. */
export function* renderMove(report: MoveReport): Generator<string> {
  yield `${report.dryRun ? 'Dry run of a move' : 'Move'} of ${report.source}`;
  yield `The target was ${{ fresh: 'empty', begun: 'begun by an earlier run', finished: 'finished' }[report.target]}.`;
  yield '';
  yield* tableLines(report);
  const { search, blobs } = report;
  if (search) yield `  search index: ${search.entries} entries for ${search.cases} cases`;
  if (blobs) {
    const { files, checksum, targetChecksum, equal } = blobs;
    const sums = checksum === undefined ? '' : `, ${checksum.slice(0, CHECKSUM_SHOWN)}`;
    const result =
      equal === undefined ? '' : equal ? ', the same in the target' : `, DIFFERENT: ${targetChecksum}`;
    yield `  files: ${files}, ${bytes(blobs.bytes)}${sums}${result}`;
    for (const key of blobs.different ?? []) yield `    not the same: ${key}`;
  }
  yield `  made anew, not moved: ${Object.keys(report.derived).join(', ')}`;
  yield '';
  yield* conclusion(report);
}
