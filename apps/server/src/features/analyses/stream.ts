/** Status and progress of an analysis as Server-Sent Events: a hint from any instance makes the stream look again. */
import { type Analysis, type AnalysisEvent, CHECKING_FROM } from '@mozarela/contract/analyses';
import type { EventSource } from '../../http/sse.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { describeError } from '../../telemetry/log.ts';
import type { AccountActions } from '../auth/actions.ts';
import { analysisChannel } from './job.ts';
import { queuePosition } from './position.ts';

/** Changes of its own state are hinted at; those before it in the queue, and a hint that got lost, are found by looking. */
const LOOK_MS = 10_000;

const FINAL: Analysis['status'][] = ['succeeded', 'failed', 'cancelled'];

type State = Pick<AnalysisEvent, 'status' | 'progress' | 'position'>;

/** Names a state, so that a browser that comes again is told only what is new to it. */
const stampOf = ({ status, progress, position }: State): string =>
  [status, progress, ...(position === null ? [] : [position])].join('-');

function phaseOf({ status, progress }: Pick<State, 'status' | 'progress'>): AnalysisEvent['phase'] {
  if (status === 'queued') return 'queued';
  if (status !== 'running') return 'done';
  return progress >= CHECKING_FROM ? 'checking' : 'running';
}

const isFinal = ({ status }: Pick<State, 'status'>): boolean => FINAL.includes(status);

/** Whether the last event that a browser saw was the end: there is nothing more to come. */
export const sawTheEnd = (
  analysis: Pick<State, 'status' | 'progress'>,
  lastEventId: string | null,
): boolean => isFinal(analysis) && lastEventId === stampOf({ ...analysis, position: null });

/**
 * @param lastEventId of an earlier stream, as the browser sends it
 * @returns the states of an analysis until its last one, or until it is deleted
 */
export function analysisFeed(
  { database, live, log, now }: Ports,
  { sessionLives }: Pick<AccountActions, 'sessionLives'>,
  { clinicId, sessionId }: { clinicId: string; sessionId: string },
  id: string,
  lastEventId: string | null,
  lookMs = LOOK_MS,
): EventSource {
  let told = lastEventId;
  let looked: Promise<void> = Promise.resolve();

  async function stateNow(): Promise<State | null> {
    const db = database.read(clinicId);
    const row = await db
      .selectFrom('analyses')
      .select(['status', 'progress'])
      .where('id', '=', id)
      .where('clinic_id', '=', clinicId)
      .executeTakeFirst();
    if (!row) return null;
    return { ...row, position: row.status === 'queued' ? await queuePosition(db, id) : null };
  }

  return {
    mayListen: () => sessionLives(database.read(ACCOUNTS), sessionId, now()),
    async open(send, finish) {
      const tellNow = async () => {
        const state = await stateNow();
        if (!state) return finish();
        const stamp = stampOf(state);
        const data: AnalysisEvent = { id, ...state, phase: phaseOf(state) };
        if (stamp !== told) send({ id: stamp, event: 'status', data });
        told = stamp;
        if (isFinal(state)) finish();
      };
      // One after another: an older state must not be told after a newer one.
      const look = () => {
        looked = looked.then(tellNow, tellNow);
        return looked;
      };
      const lookAgain = () => {
        look().catch((error: unknown) => log.warn({ error: describeError(error) }, 'analysis not looked at'));
      };
      const unsubscribe = await live.subscribe(analysisChannel(id), lookAgain, lookAgain);
      const timer = setInterval(lookAgain, lookMs);
      const close = async () => {
        clearInterval(timer);
        await unsubscribe();
      };
      await look().catch(async (error: unknown) => {
        await close();
        throw error;
      });
      return close;
    },
  };
}
