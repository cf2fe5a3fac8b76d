/**
 * Carries ids through BullMQ. Retries, leases and final states belong to the job rows, so what Redis loses costs time
 * only: BullMQ tries an id once and forgets it.
 */
import { Queue, Worker } from 'bullmq';
import { describeError, type Log } from '../../telemetry/log.ts';
import { queueClient, queuePrefix, type RedisClient } from '../redis/clients.ts';
import { parseRedisUrl } from '../redis/url.ts';
import type { Carried, Carrier } from './port.ts';

const QUEUE = 'jobs';
/** Who asks for work does not wait longer for a Redis that is silent; the sweep sends again. */
const DEADLINE_MS = 2_000;

export class QueueLost extends Error {
  override readonly name = 'QueueLost';
}

type Sender = { client: RedisClient; queue: Queue };

/** BullMQ drops an id that it carries already, so each turn of a job has an id of its own. */
const toBullmq = ({ jobId, turn, priority, delayMs }: Carried) => ({
  name: jobId,
  data: null,
  opts: {
    jobId: `${jobId}-${turn}`,
    priority: Math.min(10, Math.max(1, priority)),
    delay: delayMs,
    attempts: 1,
    removeOnComplete: true,
    removeOnFail: true,
  },
});

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new QueueLost(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param url as parseRedisUrl takes it; a server that is away is no error
 * @param leaseMs within which an id comes free again whose taker died, be it before the row was taken: until then
 *   BullMQ would drop it when it is sent again
 */
export function bullmqCarrier(url: string, log: Log, leaseMs: number): Carrier {
  const target = parseRedisUrl(url);
  const prefix = queuePrefix(target);
  /** Why there is no connection: BullMQ itself only waits. */
  let lastError: Error | undefined;
  const complain = (error: Error) => {
    lastError = error;
    log.debug({ error: describeError(error) }, 'queue connection');
  };
  let sender: Sender | null = null;

  function open(): Sender {
    const client = queueClient(target, complain);
    const queue = new Queue(QUEUE, { connection: client, prefix, skipVersionCheck: true });
    queue.on('error', complain);
    return { client, queue };
  }

  /** @throws QueueLost; an unanswered command is not repeated, as the row is the truth */
  async function ask<T>(command: (queue: Queue) => Promise<T>): Promise<T> {
    sender ??= open();
    const { client, queue } = sender;
    try {
      await within(DEADLINE_MS, queue.waitUntilReady());
      // While it is away commands would pile up in this process.
      if (client.status !== 'ready') throw new QueueLost('not connected');
    } catch (error) {
      // BullMQ gives up for good when its first words to Redis fail: begin anew.
      if (client.status === 'ready') abandon();
      throw client.status === 'ready' ? error : new QueueLost('Redis is not connected', { cause: lastError });
    }
    return within(DEADLINE_MS, command(queue));
  }

  function abandon(): void {
    sender?.client.disconnect();
    sender = null;
  }

  return {
    adapter: `bullmq ${target.shape}`,
    async send(jobs) {
      await ask((queue) => queue.addBulk(jobs.map(toBullmq)));
    },
    consume: async (work, { concurrency }) => startConsumer(work, concurrency),
    async depth() {
      const counts = await ask((queue) => queue.getJobCounts('wait', 'prioritized', 'delayed', 'active'));
      const of = (state: string) => counts[state] ?? 0;
      return { waiting: of('wait') + of('prioritized'), delayed: of('delayed'), active: of('active') };
    },
    async ping() {
      await ask((queue) => queue.getJobCounts('active'));
    },
    close: async () => abandon(),
  };

  function startConsumer(work: (jobId: string) => Promise<void>, concurrency: number) {
    const client = queueClient(target, complain);
    const running = new Set<Promise<void>>();
    const worker = new Worker(
      QUEUE,
      async ({ name }) => {
        const run = work(name);
        running.add(run);
        await run.finally(() => running.delete(run));
      },
      {
        connection: client,
        prefix,
        concurrency,
        skipVersionCheck: true,
        lockDuration: Math.round(leaseMs / 2),
        stalledInterval: Math.round(leaseMs / 4),
      },
    );
    worker.on('error', complain);
    return {
      async stop() {
        const closing = worker.close();
        closing.catch(() => {});
        await Promise.all(running);
        // Without Redis the library would wait for an answer that nobody needs any more.
        await within(DEADLINE_MS, closing).catch(complain);
        client.disconnect();
      },
    };
  }
}
