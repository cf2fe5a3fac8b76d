/** Workers for tests: a database of their own, quick leases, and a clock that tests move. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { parseConfig } from '../../config.ts';
import { type Container, createContainer } from '../../container.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { defineJob, type JobHandler, type PayloadOf } from '../../seams/queue/job.ts';
import { createRegistry, handled, type Schedule } from './registry.ts';
import { startWorker, type Worker, type WorkerOptions } from './worker.ts';

export const testJob = defineJob({
  type: 'test.work',
  payload: z.strictObject({ name: z.string() }),
  maxAttempts: 3,
  priority: 5,
  timeoutMs: 60_000,
  backoff: { firstMs: 1000, maxMs: 4000 },
});

type Payload = PayloadOf<typeof testJob>;

/** Sweeps and heartbeats come often, leases by the clock of the test. */
export const QUICK = {
  leaseMs: 30_000,
  heartbeatMs: 20,
  sweepMs: 20,
  resendMs: 10_000,
  stuckMs: 60_000,
  graceMs: 50,
};

export type Bench = {
  container: Container;
  advance(ms: number): void;
  enqueue(
    name: string,
    options?: { uniqueKey?: string; runAt?: number; priority?: number },
  ): Promise<string | null>;
  /** Ends with the bench. */
  worker(
    handler: JobHandler<Payload> | JobHandler<Payload>['run'],
    options?: WorkerOptions & { definition?: typeof testJob; schedules?: Schedule[] },
  ): Promise<Worker>;
  row(id: string): Promise<Awaited<ReturnType<typeof findRow>>>;
  rows(): ReturnType<typeof allRows>;
  close(): Promise<void>;
};

const findRow = ({ database }: Container, id: string) =>
  database.read(ACCOUNTS).selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

const allRows = ({ database }: Container) =>
  database.read(ACCOUNTS).selectFrom('jobs').selectAll().orderBy('id').execute();

export async function openBench(env: Record<string, string> = {}): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'mozarela-jobs-'));
  let passed = 0;
  const now = () => Date.now() + passed;
  const config = parseConfig({ MOZARELA_DATA_DIR: folder, LOG_LEVEL: 'silent', ...env });
  const container = await createContainer(config, { now });
  await container.database.migrate();
  const workers: Worker[] = [];
  return {
    container,
    advance: (ms) => {
      passed += ms;
    },
    enqueue: (name, options) =>
      container.jobs.write(ACCOUNTS, (_trx, { enqueue }) => enqueue(testJob, { name }, options)),
    async worker(handler, { definition = testJob, schedules = [], ...options } = {}) {
      const whole = typeof handler === 'function' ? { run: handler } : handler;
      const registry = createRegistry([definition], [handled(definition, async () => whole)], schedules);
      const worker = await startWorker(container, registry, { timing: QUICK, ...options });
      workers.push(worker);
      return worker;
    },
    row: (id) => findRow(container, id),
    rows: () => allRows(container),
    async close() {
      for (const worker of workers) await worker.stop();
      await container.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Polls until a condition holds; the test's own time limit ends what never does. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
