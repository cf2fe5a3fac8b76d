/**
 * `import <legacy.db> [--report <file>] [--join-clinics]`: the original system's database into this one. The report
 * goes to the standard output, and as JSON to the file; progress goes to the standard error.
 */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { createContainer } from '../container.ts';
import { importLegacy } from '../transfer/legacy/import.ts';
import { type Report, renderJson, renderText } from '../transfer/legacy/report.ts';
import { ImportError, openLegacy } from '../transfer/legacy/source.ts';

const USAGE = 'Usage: import <legacy.db> [--report <file>] [--join-clinics]';
const PROGRESS_ROWS = 10_000;

function readArgs(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { report: { type: 'string' }, 'join-clinics': { type: 'boolean', default: false } },
    });
    const [file, ...rest] = positionals;
    if (!file || rest.length > 0) throw new ImportError(USAGE);
    return { file, report: values.report, joinClinics: values['join-clinics'] };
  } catch {
    throw new ImportError(USAGE);
  }
}

function progress(table: string, done: number, total: number): void {
  if (done === total || done % PROGRESS_ROWS === 0) process.stderr.write(`${table}: ${done} of ${total}\n`);
}

async function publish(report: Report, file: string | undefined): Promise<void> {
  if (file !== undefined) await pipeline(Readable.from(renderJson(report)), createWriteStream(file));
  await pipeline(Readable.from(renderText(report)), process.stdout, { end: false }).catch(
    (error: unknown) => {
      // Who pipes the report into `head` has seen enough of it.
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    },
  );
}

async function run(config: Config, args: string[]): Promise<void> {
  const { file, report: target, joinClinics } = readArgs(args);
  const source = openLegacy(file);
  const container = await createContainer(config);
  try {
    await container.database.migrate();
    const options = { joinClinics, now: container.now(), progress };
    const report = await importLegacy(container.database, source, options);
    try {
      await publish(report, target);
      if (!report.isComplete()) process.exitCode = 1;
    } finally {
      report.close();
    }
  } finally {
    await container.close();
    source.close();
  }
}

/** Ends with 0 when every row is accounted for. */
export async function start(config: Config, args: string[]): Promise<void> {
  try {
    await run(config, args);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
