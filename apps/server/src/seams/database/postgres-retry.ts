/** Repeats work that a fail-over, a restart or another transaction got in the way of. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable } from './port.ts';

/** Longer than a fail-over takes, shorter than people and proxies wait. */
const PATIENCE_MS = 12_000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;

export const deadlineFromNow = (): number => performance.now() + PATIENCE_MS;

/** Between half and all of a pause that doubles each time, so that many who failed together come back apart. */
const pause = (round: number) =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** round) * (0.5 + Math.random() / 2);

/**
 * @param deadline on the clock of `performance.now()`, after which nothing is begun any more
 * @param isTransient whether the same work may succeed later
 * @param onRetry told before each repetition
 * @throws DatabaseUnavailable with outcome `none` when the deadline passes; any other error at once
 */
export async function retrying<T>(
  deadline: number,
  attempt: () => Promise<T>,
  isTransient: (error: unknown) => boolean,
  onRetry: () => void,
): Promise<T> {
  for (let round = 0; ; round += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error)) throw error;
      const wait = pause(round);
      if (performance.now() + wait > deadline) throw new DatabaseUnavailable('none', error);
      onRetry();
      await sleep(wait);
    }
  }
}
