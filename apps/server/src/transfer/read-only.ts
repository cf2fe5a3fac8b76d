/** SQLite files that are read and never touched. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

const WAL_VERSION = 2;
const BUSY_TIMEOUT_MS = 10_000;

function headerOf(file: string): Buffer {
  const header = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header, 0, header.length, 0);
  } finally {
    closeSync(handle);
  }
  return header;
}

/**
 * Opens a file for reading only. A file with a write-ahead log would get others beside it by that, unless it is
 * opened as one that never changes: so it is when its log is empty.
 */
export function connectReadOnly(file: string): DatabaseSync {
  const log = `${file}-wal`;
  const settled = headerOf(file)[18] === WAL_VERSION && (!existsSync(log) || statSync(log).size === 0);
  const location = pathToFileURL(file);
  if (settled) location.searchParams.set('immutable', '1');
  return new DatabaseSync(location, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
}

/** Something that changes with every write to the file or to its log. */
export function fingerprint(file: string): string {
  const changes = headerOf(file).readUInt32BE(24);
  const states = [file, `${file}-wal`].map((one) => {
    if (!existsSync(one)) return 'absent';
    const { size, mtimeMs } = statSync(one);
    // A log that was emptied, or never written to, is as good as none.
    return size === 0 ? 'absent' : `${size}@${mtimeMs}`;
  });
  return [changes, ...states].join(' ');
}
