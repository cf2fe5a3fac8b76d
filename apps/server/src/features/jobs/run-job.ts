/** One attempt at one job: take it, run its handler, write what came of it. */
import { type JobDefinition, JobError, JobLost, type JobRun } from '../../seams/queue/job.ts';
import { describeError } from '../../telemetry/log.ts';
import { jobScope, keyOf, type WorkerContext } from './context.ts';
import { settleFailure } from './outcome.ts';
import type { HandledJob } from './registry.ts';
import { claimJob, completeJob, type JobRow, noteProgress } from './table.ts';

/** Takes the job if it is still to be done. Never throws: what goes wrong here is found by a sweep. */
export async function runJob(context: WorkerContext, jobId: string): Promise<void> {
  const { parts, timing, worker } = context;
  const { database, log, now } = parts;
  try {
    const row = await database.write(jobScope(jobId), (trx) =>
      claimJob(trx, jobId, { worker, now: now(), leaseMs: timing.leaseMs }),
    );
    if (!row) return;
    context.movedAt = now();
    await attempt(context, row).catch((error: unknown) => settleFailure(context, row, error));
    context.movedAt = now();
  } catch (error) {
    log.error({ jobId, error: describeError(error) }, 'the state of a job could not be written');
  }
}

async function attempt(context: WorkerContext, row: JobRow): Promise<void> {
  const known = context.registry.jobs.get(row.type);
  // A newer version of the program may have asked for it: retries give such a worker time to come.
  if (!known) throw new JobError('no handler for this type');
  const parsed = known.definition.payload.safeParse(JSON.parse(row.payload));
  if (!parsed.success) throw new JobError('the payload does not fit its definition', { next: 'never' });
  await withHandler(context, row, known, parsed.data);
}

const rejectsWhenAborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

async function withHandler(
  context: WorkerContext,
  row: JobRow,
  { definition, load }: HandledJob,
  payload: unknown,
): Promise<void> {
  const { log, now } = context.parts;
  const abort = new AbortController();
  const timer = setTimeout(
    () => abort.abort(new JobError(`no result within ${definition.timeoutMs} ms`)),
    definition.timeoutMs,
  );
  const started = now();
  context.active.set(keyOf(row), { attempt: row, abort });
  try {
    const handler = await load();
    const run = createRun(context, row, definition, payload, abort.signal);
    // A handler that does not listen to the signal goes on in vain: the row refuses what it writes.
    await Promise.race([work(handler.run(run), run), rejectsWhenAborted(abort.signal)]);
    log.info({ jobId: row.id, type: row.type, attempt: row.attempts, ms: now() - started }, 'job done');
  } finally {
    clearTimeout(timer);
    context.active.delete(keyOf(row));
  }
}

type Run = JobRun & { finished(): boolean };

/** What a handler does after its last write cannot undo it. */
async function work(running: Promise<void>, run: Run): Promise<void> {
  try {
    await running;
  } catch (error) {
    if (!run.finished()) throw error;
  }
  if (!run.finished()) await run.finish(async () => {});
}

function createRun(
  context: WorkerContext,
  row: JobRow,
  definition: JobDefinition,
  payload: unknown,
  signal: AbortSignal,
): Run {
  const { database, live, now } = context.parts;
  let finished = false;
  return {
    id: row.id,
    attempt: row.attempts,
    payload,
    signal,
    finished: () => finished,
    async progress(percent) {
      if (!(await database.write(jobScope(row.id), (trx) => noteProgress(trx, row, percent))))
        throw new JobLost();
      await live.publish(`job:${row.id}`, String(percent));
    },
    async finish(write) {
      const result = await database.write(definition.scope?.(payload) ?? jobScope(row.id), async (trx) => {
        if (!(await completeJob(trx, row, now()))) throw new JobLost();
        return write(trx);
      });
      finished = true;
      context.active.delete(keyOf(row));
      return result;
    },
  };
}
