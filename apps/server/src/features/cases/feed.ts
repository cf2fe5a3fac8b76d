/**
 * What happens to the cases of a clinic, as it happens: ids and kinds only. Hints of other instances may get lost, so
 * the table is asked at the beginning, and again with each heartbeat. The id of an event is its time; whoever resumes
 * gets a little more than was missed, never less.
 */
import { z } from 'zod';
import type { EventSource, ServerEvent } from '../../http/sse.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS, type Executor } from '../../seams/database/port.ts';
import type { AccountActions } from '../auth/actions.ts';
import { type Announced, clinicChannel } from './events.ts';

/** Clocks of instances differ, and a transaction commits a while after its events were dated. */
const OVERLAP_MS = 30_000;
/** Whoever was away for longer looks at everything anew. */
const MOST_MISSED = 500;

const announced = z.object({ caseId: z.string(), seq: z.int(), type: z.string(), at: z.int() });

const toEvent = ({ at, ...data }: Announced): ServerEvent => ({ id: String(at), event: 'case', data });

async function since(db: Executor, clinicId: string, at: number): Promise<Announced[]> {
  const rows = await db
    .selectFrom('case_events')
    .select(['case_id', 'seq', 'type', 'at'])
    .where('clinic_id', '=', clinicId)
    .where('at', '>=', at)
    .orderBy('at')
    .orderBy('case_id')
    .orderBy('seq')
    .limit(MOST_MISSED + 1)
    .execute();
  return rows.map(({ case_id, ...row }) => ({ ...row, caseId: case_id }));
}

/**
 * @param lastEventId of an earlier stream, as the browser sends it
 */
export function clinicFeed(
  ports: Ports,
  { sessionLives }: Pick<AccountActions, 'sessionLives'>,
  { clinicId, sessionId }: { clinicId: string; sessionId: string },
  lastEventId: string | undefined,
): EventSource {
  const { database, live, log, now } = ports;
  let send: (event: ServerEvent) => void = () => {};
  let lookedAt = now();
  let told = new Set<string>();
  const keyOf = ({ caseId, seq }: Announced) => `${caseId}:${seq}`;

  function tell(event: Announced): void {
    if (told.has(keyOf(event))) return;
    told.add(keyOf(event));
    send(toEvent(event));
  }

  async function lookBack(from: number): Promise<void> {
    lookedAt = now();
    const events = await since(database.read(clinicId), clinicId, from);
    // Too many to name: all may have changed.
    if (events.length > MOST_MISSED) send({ id: String(lookedAt), event: 'reset', data: {} });
    else for (const event of events) tell(event);
    told = new Set(events.map(keyOf));
  }

  return {
    mayListen: () => sessionLives(database.read(ACCOUNTS), sessionId, now()),
    onBeat: () => lookBack(lookedAt - OVERLAP_MS),
    async open(sender) {
      send = sender;
      const end = await live.subscribe(clinicChannel(clinicId), (message) => {
        const event = announced.safeParse(JSON.parse(message));
        if (event.success) tell(event.data);
        else log.warn('a hint of a case that says nothing');
      });
      const seen = /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : now();
      await lookBack(seen - OVERLAP_MS).catch(async (error: unknown) => {
        await end();
        throw error;
      });
      return end;
    },
  };
}
