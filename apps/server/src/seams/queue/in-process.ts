/** Carries ids within one process, by priority and then by age. What it loses with the process, the sweep sends again. */
import type { Carried, Carrier } from './port.ts';

type Consumer = {
  work: (jobId: string) => Promise<void>;
  free: number;
  running: Set<Promise<void>>;
};

/** A process that only asks for work has nobody to take it. */
const KEPT = 10_000;
/** The longest that a timer can wait; what is due later is sent again by then. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const PRIORITIES = 10;

const keyOf = ({ jobId, turn }: Carried) => `${jobId}:${turn}`;

export function inProcessCarrier(): Carrier {
  const lanes: Carried[][] = Array.from({ length: PRIORITIES }, () => []);
  const carried = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  const consumers = new Set<Consumer>();
  const waiting = () => lanes.reduce((sum, lane) => sum + lane.length, 0);

  function next(): Carried | undefined {
    const job = lanes.find((lane) => lane.length > 0)?.shift();
    if (job) carried.delete(keyOf(job));
    return job;
  }

  function hand(): void {
    for (const consumer of consumers)
      while (consumer.free > 0) {
        const job = next();
        if (!job) return;
        consumer.free -= 1;
        const run = consumer.work(job.jobId).finally(() => {
          consumer.free += 1;
          consumer.running.delete(run);
          hand();
        });
        consumer.running.add(run);
      }
  }

  function queue(job: Carried): void {
    timers.delete(keyOf(job));
    if (waiting() >= KEPT) carried.delete(keyOf(job));
    else lanes[Math.min(PRIORITIES, Math.max(1, job.priority)) - 1]!.push(job);
    hand();
  }

  return {
    adapter: 'in-process',
    async send(jobs) {
      for (const job of jobs) {
        const key = keyOf(job);
        const timer = timers.get(key);
        if (carried.has(key) && (timer === undefined || job.delayMs > 0)) continue;
        // It is due by the clock of the sender, which may not be that of the timers.
        clearTimeout(timer);
        carried.add(key);
        const wait = Math.min(job.delayMs, LONGEST_TIMER_MS);
        // Even what is due at once waits for the caller to go on: nobody expects work to begin inside `send`.
        if (wait <= 0) setImmediate(queue, job);
        else timers.set(key, setTimeout(queue, wait, job).unref());
      }
    },
    async consume(work, { concurrency }) {
      const consumer: Consumer = { work, free: concurrency, running: new Set() };
      consumers.add(consumer);
      hand();
      return {
        async stop() {
          consumers.delete(consumer);
          await Promise.all(consumer.running);
        },
      };
    },
    async depth() {
      const active = [...consumers].reduce((sum, { running }) => sum + running.size, 0);
      return { waiting: waiting(), delayed: timers.size, active };
    },
    async ping() {},
    async close() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const lane of lanes) lane.length = 0;
    },
  };
}
