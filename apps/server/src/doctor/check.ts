/** A round trip through one part. */
import { setTimeout as sleep } from 'node:timers/promises';
import { explain } from './explain.ts';

export type Check = {
  /** As the settings call it: "database", "replica 1". */
  part: string;
  adapter: string;
  /** What to look at when it fails. */
  advice: string;
  /** @returns what it proved, as a clause. @throws when the part does not work */
  run(): Promise<string>;
};

export type Finding = { part: string; adapter: string; works: boolean; text: string };

const TIMEOUT_MS = 20_000;

/** @throws Error after that long; what was begun goes on unheard */
export async function within<T>(ms: number, work: Promise<T>, what = 'there was no answer'): Promise<T> {
  const timer = new AbortController();
  const late = sleep(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${what} within ${ms / 1000} s`);
  });
  // Whichever comes second is nobody's business any more.
  work.catch(() => {});
  late.catch(() => {});
  return Promise.race([work, late]).finally(() => timer.abort());
}

/** Never rejects. */
export async function examine({ part, adapter, advice, run }: Check): Promise<Finding> {
  const started = performance.now();
  try {
    const proved = await within(TIMEOUT_MS, run());
    const ms = Math.round(performance.now() - started);
    return { part, adapter, works: true, text: `${proved} (${ms} ms)` };
  } catch (error) {
    const problem = explain(error);
    // An explanation that already says what to do needs no second opinion.
    const text = problem.includes('run `') ? `${problem}.` : `${problem}. ${advice}`;
    return { part, adapter, works: false, text };
  }
}

/** One line. */
export const render = ({ part, adapter, works, text }: Finding): string =>
  `${works ? 'ok  ' : 'FAIL'}  ${part} (${adapter}): ${text}`;
