/** What instances share: counters, cache, hints, and the carrier of jobs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../ids.ts';
import type { Ports } from '../ports.ts';
import type { Cache } from '../seams/cache/port.ts';
import type { Limits } from '../seams/limits/port.ts';
import type { Live } from '../seams/live/port.ts';
import type { Carrier } from '../seams/queue/port.ts';
import { type Check, within } from './check.ts';

const KEPT_MS = 5_000;
const HEARD_MS = 3_000;
const ADVICE = 'Look at REDIS_URL: host, port, password, TLS, and the name of the master with Sentinel.';

async function count(limits: Limits): Promise<string> {
  await limits.ping();
  const bucket = { key: `doctor:{${newId()}}`, max: 1, windowMs: KEPT_MS };
  const answers = [await limits.hit([bucket]), await limits.hit([bucket])].map(([state]) => state?.allowed);
  if (limits.degraded) throw new Error('the shared counter is lost, each instance counts for itself');
  if (answers.join() !== 'true,false') throw new Error('a limit of one did not hold');
  return 'counted, and refused what was too much';
}

async function remember(cache: Cache): Promise<string> {
  const key = `doctor:${newId()}`;
  await cache.set(key, 'value', KEPT_MS);
  if ((await cache.get(key)) !== 'value') throw new Error('a value that was stored could not be read');
  await cache.delete(key);
  if ((await cache.get(key)) !== null) throw new Error('a value that was deleted is still there');
  return 'stored, read and deleted a value';
}

async function hear(live: Live): Promise<string> {
  await live.ping();
  const channel = `doctor:${newId()}`;
  const heard = Promise.withResolvers<string>();
  const end = await live.subscribe(channel, heard.resolve);
  const hearing = new AbortController();
  // A hint may be lost, so it is given until it is heard.
  const telling = (async () => {
    while (!hearing.signal.aborted) {
      await live.publish(channel, 'hint');
      await sleep(200, undefined, { signal: hearing.signal }).catch(() => {});
    }
  })();
  try {
    await within(HEARD_MS, heard.promise, 'a hint was not heard');
  } finally {
    hearing.abort();
    await telling;
    await end();
  }
  return 'told and heard a hint';
}

/** Nothing is taken from the queue: that would be somebody's job. An id without a job is passed over by workers. */
async function carry(queue: Carrier): Promise<string> {
  await queue.ping();
  await queue.send([{ jobId: newId(), turn: 0, priority: 10, delayMs: 0 }]);
  const { waiting, delayed, active } = await queue.depth();
  return `took an id; ${waiting} waiting, ${delayed} delayed, ${active} under way`;
}

export const sharedChecks = ({ limits, cache, live, queue }: Ports): Check[] => [
  { part: 'limits', adapter: limits.adapter, advice: ADVICE, run: () => count(limits) },
  { part: 'cache', adapter: cache.adapter, advice: ADVICE, run: () => remember(cache) },
  { part: 'hints', adapter: live.adapter, advice: ADVICE, run: () => hear(live) },
  { part: 'queue', adapter: queue.adapter, advice: ADVICE, run: () => carry(queue) },
];
