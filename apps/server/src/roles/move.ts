/**
 * `move --to postgres://... [--blobs s3://bucket] [--dry-run] [--report <file>]`: the installation in the data
 * directory into PostgreSQL, and its files into the S3 store of the usual settings. Without --to it is DATABASE_URL,
 * which other users of the machine cannot see. Ends with 0 when everything is the same on both sides.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fileStores, targetDatabase } from '../adapters/target.ts';
import type { S3Parts } from '../config/parts.ts';
import type { Config } from '../config.ts';
import { checkPostgresUrl, PostgresUrlError } from '../seams/database/postgres-url.ts';
import { createLog } from '../telemetry/log.ts';
import { MoveError } from '../transfer/move/checks.ts';
import { moveInstallation } from '../transfer/move/move.ts';
import { renderMove } from '../transfer/move/report.ts';

const USAGE = 'Usage: move [--to postgres://...] [--blobs s3://<bucket>] [--dry-run] [--report <file>]';

function readArgs(config: Config, args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        to: { type: 'string' },
        blobs: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        report: { type: 'string' },
      },
    });
    const { database } = config.parts;
    const to = values.to ?? database?.directUrl ?? database?.url;
    const bucket = values.blobs?.replace(/^s3:\/\//, '');
    if (!to || !/^postgres(ql)?:\/\//.test(to) || bucket === '' || bucket?.includes('/'))
      throw new MoveError(USAGE);
    return { to, bucket, dryRun: values['dry-run'], report: values.report };
  } catch {
    throw new MoveError(USAGE);
  }
}

/** The store of the usual settings, with the bucket that was asked for; null when files stay where they are. */
function storeOf({ parts }: Config, bucket: string | undefined): S3Parts | null {
  if (bucket === undefined) return null;
  if (!parts.s3)
    throw new MoveError('--blobs needs S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.');
  return { ...parts.s3, bucket };
}

/** @throws MoveError */
function checkTarget(url: string): void {
  try {
    checkPostgresUrl(url);
  } catch (error) {
    if (!(error instanceof PostgresUrlError)) throw error;
    throw new MoveError(`--to ${error.message}`);
  }
}

async function run(config: Config, args: string[]): Promise<void> {
  const { to, bucket, dryRun, report: file } = readArgs(config, args);
  checkTarget(to);
  const store = storeOf(config, bucket);
  const blobs = store && (await fileStores(config.dataDir, store));
  const target = targetDatabase(to, createLog({ ...config.log, level: 'error' }));
  try {
    const report = await moveInstallation({
      dataDir: config.dataDir,
      target,
      blobs,
      dryRun,
      now: Date.now,
      progress: (step, done) => process.stderr.write(`${step}${done > 0 ? `: ${done}` : ''}\n`),
    });
    if (file !== undefined) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
    for (const line of renderMove(report)) process.stdout.write(`${line}\n`);
    if (!dryRun && (!report.equal || report.sourceChanged)) process.exitCode = 1;
  } finally {
    await blobs?.target.close();
    await target.close();
  }
}

export async function start(config: Config, args: string[]): Promise<void> {
  try {
    await run(config, args);
  } catch (error) {
    if (!(error instanceof MoveError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
