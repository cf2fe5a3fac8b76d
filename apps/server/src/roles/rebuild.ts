/**
 * `rebuild [--check]`: the read tables, search and statistics from the events. With `--check` nothing is written. Ends
 * with 1 when `--check` finds a difference, or when events are not as they were written.
 */
import type { Config } from '../config.ts';
import { createContainer } from '../container.ts';
import type { Difference } from '../features/cases/rebuild.ts';
import { UsageError } from '../lib/usage.ts';
import { rebuild } from '../rebuild.ts';

const SHOWN = 50;

export async function start(config: Config, args: string[]): Promise<void> {
  if (args.some((arg) => arg !== '--check')) throw new UsageError('Usage: rebuild [--check]');
  const check = args.includes('--check');
  const container = await createContainer(config);
  try {
    if (!check) await container.database.migrate();
    const { clinics, cases, differences } = await rebuild(container, !check);
    process.stdout.write(`${cases} cases of ${clinics} clinics, ${differences.length} differences\n`);
    for (const difference of differences.slice(0, SHOWN)) process.stdout.write(`${line(difference)}\n`);
    if (differences.length > SHOWN) process.stdout.write(`and ${differences.length - SHOWN} more\n`);
    const left = differences.filter(({ kind }) => check || kind === 'altered' || kind === 'orphan');
    if (left.length > 0) process.exitCode = 1;
  } finally {
    await container.close();
  }
}

const line = ({ table, id, kind }: Difference) => `${table} ${id}: ${kind}`;
