/** Status and progress of an analysis as Server-Sent Events: a hint from any instance makes the stream look again. */
import { type Analysis, type AnalysisEvent, CHECKING_FROM } from '@mozarela/contract/analyses';
import type { Ports } from '../../ports.ts';
import { analysisChannel } from './job.ts';
import { queuePosition } from './position.ts';

/** Proxies and browsers close what is silent for long; at each beat the row is looked at, as a hint may be lost. */
const BEAT_MS = 10_000;
/** Nobody is told when those before him are taken up, so he looks. */
const QUEUED_BEAT_MS = 2000;
/** After that the browser comes again, and its session is checked again. */
const LONGEST_MS = 10 * 60_000;
/** When a browser that lost the stream comes again. */
const RETRY_MS = 2_000;
const DRAIN_LOOK_MS = 250;

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

const eventOf = (stamp: string, event: AnalysisEvent): string =>
  `event: status\nid: ${stamp}\ndata: ${JSON.stringify(event)}\n\n`;

/** Somebody waits until it rings, or not longer than a time. */
function createBell() {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    /** Answers whether it rang, since the last wait or during this one. */
    async wait(ms: number): Promise<boolean> {
      if (!rung) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, ms);
        });
        clearTimeout(timer);
      }
      const answer = rung;
      rung = false;
      return answer;
    },
  };
}

type Bell = ReturnType<typeof createBell>;

export type AnalysisStreams = {
  /** The text of an event stream; ends when the analysis is finished or deleted, or when the process drains. */
  open(clinicId: string, id: string, lastEventId: string | null): AsyncGenerator<string>;
};

export function analysisStreams({ database, live, isDraining }: Ports): AnalysisStreams {
  const open = new Set<Bell>();
  let watch: NodeJS.Timeout | undefined;

  function attend(bell: Bell): void {
    open.add(bell);
    watch ??= setInterval(() => {
      if (isDraining()) for (const one of open) one.ring();
    }, DRAIN_LOOK_MS).unref();
  }
  function leave(bell: Bell): void {
    open.delete(bell);
    if (open.size > 0) return;
    clearInterval(watch);
    watch = undefined;
  }
  async function look(clinicId: string, id: string): Promise<State | null> {
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
    async *open(clinicId, id, lastEventId) {
      const bell = createBell();
      const unsubscribe = await live.subscribe(analysisChannel(id), bell.ring, bell.ring);
      attend(bell);
      const end = performance.now() + LONGEST_MS;
      let last = lastEventId;
      try {
        yield `retry: ${RETRY_MS}\n\n`;
        for (;;) {
          const state = await look(clinicId, id);
          if (!state) return;
          const stamp = stampOf(state);
          if (stamp !== last) yield eventOf(stamp, { id, ...state, phase: phaseOf(state) });
          last = stamp;
          if (isFinal(state) || isDraining() || performance.now() > end) return;
          const beatMs = state.status === 'queued' ? QUEUED_BEAT_MS : BEAT_MS;
          if (!(await bell.wait(beatMs))) yield ': beat\n\n';
        }
      } finally {
        leave(bell);
        await unsubscribe();
      }
    },
  };
}
