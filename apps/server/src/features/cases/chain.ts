/**
 * Each event carries a hash over the one before, so that none can be changed, taken out or put in between without
 * the later ones telling. The content enters by its own hash, which stays when a purge erases the content. Whoever
 * can rewrite the whole chain can rewrite the history: the chain shows mistakes and single alterations, not a thief
 * of the database.
 */
import { createHash } from 'node:crypto';
import type { Executor } from '../../seams/database/port.ts';

type Sealed = { dataHash: string; hash: string };

type Chained = {
  caseId: string;
  seq: number;
  type: string;
  actor: string | null;
  at: number;
  /** As stored: the hash is over the text. */
  data: string;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const link = (previous: string, event: Omit<Chained, 'data'>, dataHash: string): string =>
  sha256(JSON.stringify([previous, event.caseId, event.seq, event.type, event.actor, event.at, dataHash]));

/** @param previous hash of the event before; empty for the first */
export function seal(previous: string, event: Chained): Sealed {
  const dataHash = sha256(event.data);
  return { dataHash, hash: link(previous, event, dataHash) };
}

/** The hash that an event of that number builds on. */
export async function hashBefore(db: Executor, caseId: string, seq: number): Promise<string> {
  if (seq === 1) return '';
  const row = await db
    .selectFrom('case_events')
    .select('hash')
    .where('case_id', '=', caseId)
    .where('seq', '=', seq - 1)
    .executeTakeFirst();
  return row?.hash ?? '';
}

/** What is left of a content after a purge: no more than the statistics need. */
export function erased(data: string): string {
  const { species } = JSON.parse(data) as { species?: string };
  return JSON.stringify({ erased: true, ...(species !== undefined && { species }) });
}

export const isErased = (data: unknown): boolean => (data as { erased?: unknown }).erased === true;

export type StoredEvent = Chained & { dataHash: string | null; hash: string | null };

/**
 * Whether the events of a case are as they were written.
 * @param events all of one case, in order
 */
export function isIntact(events: StoredEvent[]): boolean {
  let previous = '';
  // Content goes by a purge only, and a purge says so.
  const purged = events.at(-1)?.type === 'case.purged';
  return events.every((event, index) => {
    const { dataHash, hash, seq, data } = event;
    const content = dataHash === sha256(data) || (purged && isErased(JSON.parse(data)));
    const linked = dataHash !== null && hash === link(previous, event, dataHash);
    previous = hash ?? '';
    return seq === index + 1 && content && linked;
  });
}

/** All events of a case, oldest first. */
export async function storedEvents(db: Executor, caseId: string): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('case_events')
    .select(['case_id', 'seq', 'type', 'actor', 'at', 'data', 'data_hash', 'hash'])
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
  return rows.map(({ case_id, data_hash, ...row }) => ({ ...row, caseId: case_id, dataHash: data_hash }));
}

export const verifyChain = async (db: Executor, caseId: string): Promise<boolean> =>
  isIntact(await storedEvents(db, caseId));
