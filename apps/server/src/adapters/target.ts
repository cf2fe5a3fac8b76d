/** Servers by their address alone: what `move` writes into, and what `doctor` tries. */
import { join } from 'node:path';
import type { S3Parts } from '../config/parts.ts';
import { diskBlobs } from '../seams/blobs/disk.ts';
import type { Blobs } from '../seams/blobs/port.ts';
import type { Database } from '../seams/database/port.ts';
import { postgresDatabase } from '../seams/database/postgres.ts';
import type { Log } from '../telemetry/log.ts';

/** A batch may be slow on a database that is busy with its indexes; nobody waits for an answer here. */
const STATEMENT_TIMEOUT_MS = 120_000;
const POOL_SIZE = 2;

/** @param url of the primary, without a pooler in between */
export const targetDatabase = (url: string, log: Log): Database =>
  postgresDatabase({
    url,
    directUrl: null,
    replicaUrls: [],
    marks: null,
    poolSize: POOL_SIZE,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    log,
  });

/** The files of an installation on disk, and the store that takes them. */
export async function fileStores(dataDir: string, s3: S3Parts): Promise<{ source: Blobs; target: Blobs }> {
  const { s3Blobs } = await import('../seams/blobs/s3.ts');
  return { source: diskBlobs(join(dataDir, 'blobs')), target: s3Blobs(s3) };
}

/** @param url AMQP_URL. @throws Error when a message does not come back */
export async function probeBroker(url: string): Promise<void> {
  const { probeRabbit } = await import('../seams/events/rabbitmq-probe.ts');
  await probeRabbit(url);
}
