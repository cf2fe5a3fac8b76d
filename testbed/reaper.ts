/**
 * A small shell process that outlives this one by a moment. Whatever ends this process, `kill -9` included, its
 * pipe to the reaper closes, and the reaper ends every server of this run and deletes the run's folder.
 * A handler on 'exit' or on signals could not promise that.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

const SCRIPT = `
trap '' HUP INT TERM QUIT
folder=$1
groups=
while read -r verb group; do
  case $verb in
    add) groups="$groups $group" ;;
    forget) kept=; for g in $groups; do [ "$g" = "$group" ] || kept="$kept $g"; done; groups=$kept ;;
  esac
done
# First the polite way: PostgreSQL then gives back its shared memory. A frozen one must wake to hear it.
for g in $groups; do kill -s INT -- "-$g"; kill -s CONT -- "-$g"; done
for wait in 1 2 3 4 5 6 7 8 9 10; do
  alive=
  for g in $groups; do kill -s 0 -- "-$g" && alive=yes; done
  [ "$alive" ] || break
  sleep 0.2
done
for g in $groups; do kill -s KILL -- "-$g"; done
[ -z "$folder" ] || rm -rf -- "$folder"
`;

let pipe: Writable | undefined;

/**
 * Starts the reaper of this process; called once, by the run's folder.
 * @param folder what it deletes in the end; empty to keep everything
 */
export function startReaper(folder: string): void {
  const reaper: ChildProcess = spawn('sh', ['-c', SCRIPT, 'reaper', folder], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  reaper.unref();
  pipe = reaper.stdin ?? undefined;
  // A pipe of spawn is a socket: without this it would keep the event loop alive.
  if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  pipe?.on('error', () => {});
}

/** Puts a process group under the reaper's care. */
export function reapAtExit(group: number): void {
  pipe?.write(`add ${group}\n`);
}

/** The group has ended: its number may soon belong to somebody else. */
export function forgetGroup(group: number): void {
  pipe?.write(`forget ${group}\n`);
}
