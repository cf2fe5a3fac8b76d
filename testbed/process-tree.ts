/** Processes below a server, read from /proc: what a freeze or a power cut must reach. */
import { readdirSync, readFileSync } from 'node:fs';

interface Entry {
  pid: number;
  parent: number;
  group: number;
}

function readEntry(pid: number): Entry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in brackets may hold blanks and brackets itself: the numbers start behind the last one.
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(parent), group: Number(group) };
  } catch {
    return undefined; // ended meanwhile
  }
}

/**
 * The process, its group, and all descendants, parents first. Descendants matter because each PostgreSQL
 * backend leaves its postmaster's process group.
 */
export function processTree(pid: number): number[] {
  const entries = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readEntry(Number(name)) ?? []);
  const tree = new Set(entries.filter((entry) => entry.pid === pid).map((entry) => entry.pid));
  for (const entry of entries) if (entry.group === pid) tree.add(entry.pid);
  for (let before = -1; before !== tree.size; ) {
    before = tree.size;
    for (const entry of entries) if (tree.has(entry.parent)) tree.add(entry.pid);
  }
  return [...tree];
}

/** Sends a signal to every process of the tree that still lives. */
export function signalTree(pid: number, signal: NodeJS.Signals): void {
  for (const member of processTree(pid)) {
    try {
      process.kill(member, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Memory of one process in bytes, a shared page counted in parts over all who share it (PSS). */
export function proportionalBytes(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // ended meanwhile, or somebody else's
  }
}
