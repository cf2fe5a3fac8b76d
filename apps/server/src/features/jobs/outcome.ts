/** What becomes of an attempt that did not complete its job. */
import { AppError } from '../../http/errors.ts';
import { JobError, JobLost } from '../../seams/queue/job.ts';
import { describeError } from '../../telemetry/log.ts';
import { jobScope, type WorkerContext } from './context.ts';
import { dispatch } from './service.ts';
import { buryJob, carriedOf, type JobRow, requeueJob } from './table.ts';

/** Kept with the job and shown to administrators: kinds and codes, as a message may quote what it stumbled over. */
export function reasonOf(error: unknown): string {
  if (error instanceof JobError) return error.message;
  if (error instanceof AppError) return error.code;
  if (!(error instanceof Error)) return 'unknown error';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}`;
}

/** Full jitter: what failed together comes back apart. @param attempt from 1 */
export function backoffMs(
  { firstMs, maxMs }: { firstMs: number; maxMs: number },
  attempt: number,
  random: () => number = Math.random,
): number {
  return Math.round(random() * Math.min(maxMs, firstMs * 2 ** (attempt - 1)));
}

const UNKNOWN_BACKOFF = { firstMs: 10_000, maxMs: 60_000 };

type Wait = { delayMs: number; error: string | null; free: boolean };

/** Puts an attempt's job back and tells the carrier. */
export async function putBack(
  { parts, timing }: WorkerContext,
  row: JobRow,
  { delayMs, error, free }: Wait,
): Promise<void> {
  const now = parts.now();
  const runAt = now + Math.round(delayMs);
  const back = await parts.database.write(jobScope(row.id), (trx) =>
    requeueJob(trx, row, { runAt, resendMs: timing.resendMs, now, error, free }),
  );
  if (back) await dispatch(parts, [carriedOf({ ...row, run_at: runAt }, now)]);
}

/** Gives a job up, together with what its handler writes then. */
export async function bury(context: WorkerContext, row: JobRow, reason: string): Promise<void> {
  const { parts, registry } = context;
  const known = registry.jobs.get(row.type);
  const parsed = known?.definition.payload.safeParse(JSON.parse(row.payload));
  const handler = parsed?.success ? await known?.load() : undefined;
  const scope = parsed?.success ? known?.definition.scope?.(parsed.data) : undefined;
  const dead = await parts.database.write(scope ?? jobScope(row.id), async (trx) => {
    const ours = await buryJob(trx, row, reason, parts.now());
    if (ours) await handler?.died?.(trx, parsed?.data, reason);
    return ours;
  });
  if (!dead) return;
  parts.log.error({ jobId: row.id, type: row.type, attempts: row.attempts, reason }, 'job is dead');
  await handler?.afterDeath?.(parsed?.data);
}

/** Decides what a failed attempt means for its job. */
export async function settleFailure(context: WorkerContext, row: JobRow, error: unknown): Promise<void> {
  const { log } = context.parts;
  const facts = { jobId: row.id, type: row.type, attempt: row.attempts };
  if (error instanceof JobLost) {
    log.info(facts, 'job was taken from this attempt');
    return;
  }
  const next = error instanceof JobError ? error.next : 'retry';
  const reason = reasonOf(error);
  const wished = error instanceof JobError ? error.delayMs : null;
  if (next === 'later') return putBack(context, row, { delayMs: wished ?? 0, error: null, free: true });
  log.warn({ ...facts, error: describeError(error) }, 'job failed');
  if (next === 'never' || row.attempts >= row.max_attempts) return bury(context, row, reason);
  const backoff = context.registry.jobs.get(row.type)?.definition.backoff ?? UNKNOWN_BACKOFF;
  const delayMs = wished ?? backoffMs(backoff, row.attempts);
  return putBack(context, row, { delayMs, error: reason, free: false });
}
