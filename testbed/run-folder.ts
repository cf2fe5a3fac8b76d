/** The private folder of this process's servers, and the unprivileged user they run as. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startReaper } from './reaper.ts';

/** Debian's `nobody:nogroup`. Servers need no account of their own: all they own is in the run's folder. */
const NOBODY = { uid: 65_534, gid: 65_534 };

/** Whom servers run as: `nobody` when this is root (PostgreSQL and PgBouncer refuse root), else the caller. */
export function serverUser(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? NOBODY : {};
}

let root: string | undefined;
let counter = 0;

function runFolder(): string {
  if (!root) {
    root = mkdtempSync(join(tmpdir(), 'mozarela-testbed-'));
    // Servers of another user must pass through; the folders below are closed.
    chmodSync(root, 0o711);
    startReaper(process.env.TESTBED_KEEP ? '' : root);
  }
  return root;
}

/**
 * A new folder, readable by its server only, deleted when this process ends (unless TESTBED_KEEP is set).
 * @param name for people who look into the run's folder
 */
export function createFolder(name: string): string {
  counter += 1;
  const folder = join(runFolder(), `${counter}-${name}`);
  mkdirSync(folder, { mode: 0o700 });
  giveToServer(folder);
  return folder;
}

/** Writes a file that the server owns and nobody else reads. */
export function writeServerFile(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  giveToServer(path);
}

function giveToServer(path: string): void {
  const { uid, gid } = serverUser();
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
