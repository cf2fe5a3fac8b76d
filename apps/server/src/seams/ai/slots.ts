/** At most so many at once; the others wait their turn, in order. */
import { AiError } from './port.ts';

export type Slots = {
  /**
   * Waits for a slot and answers the function that gives it back.
   * @throws AiError `cancelled` when the signal is aborted meanwhile
   */
  take(signal: AbortSignal): Promise<() => void>;
  /** How many hold a slot, and how many wait. */
  state(): { active: number; waiting: number };
};

export function createSlots(max: number): Slots {
  let active = 0;
  const waiting: (() => void)[] = [];

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else active -= 1;
  }

  /** Giving back twice must not hand out a slot too many. */
  function once(): () => void {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      release();
    };
  }

  return {
    state: () => ({ active, waiting: waiting.length }),
    async take(signal) {
      if (signal.aborted) throw new AiError('cancelled');
      if (active < max) {
        active += 1;
        return once();
      }
      await new Promise<void>((resolve, reject) => {
        const turn = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(turn), 1);
          reject(new AiError('cancelled'));
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(turn);
      });
      return once();
    },
  };
}
