/** Handing a notice to its consumer, again and again while the consumer rejects it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseNotice, Handle } from './port.ts';

/** The wait doubles after each rejection. */
export type Redelivery = { attempts: number; firstDelayMs: number };

/** About a minute and a half for one notice: what it waits for may come back meanwhile. */
export const REDELIVERY: Redelivery = { attempts: 10, firstDelayMs: 200 };

/**
 * Delivers in place, so that nothing later overtakes.
 * @returns `rejected` after the last attempt, `stopped` when the signal came first
 */
export async function deliver(
  notice: CaseNotice,
  handle: Handle,
  { attempts, firstDelayMs }: Redelivery,
  signal: AbortSignal,
): Promise<'handled' | 'rejected' | 'stopped'> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await handle(attempt === 1 ? notice : { ...notice, repeated: true });
      return 'handled';
    } catch {
      if (attempt >= attempts) return 'rejected';
      await sleep(firstDelayMs * 2 ** (attempt - 1), undefined, { signal }).catch(() => {});
    }
  }
  return 'stopped';
}

/** What the log says of a notice that was set aside: ids and kind. */
export const named = ({ caseId, seq, type }: CaseNotice) => ({ caseId, seq, type });
