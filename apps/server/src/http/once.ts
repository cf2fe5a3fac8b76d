/** Idempotency-Key: a repeat within a day gets the first answer, whatever happened to the connection in between. */
import type { Executor } from '../seams/database/port.ts';
import { AppError } from './errors.ts';

/** What the binder read from the header. */
export type IdempotencyClaim = { userId: string; key: string; requestHash: string };

export const IDEMPOTENCY_MS = 24 * 60 * 60 * 1000;

/**
 * Does the work unless its key was used before, and keeps the answer's body in the same transaction.
 * @param claim null does the work every time
 * @param now milliseconds since 1970
 * @throws AppError idempotency_conflict when the key was used for another request
 */
export async function once<Body>(
  trx: Executor,
  claim: IdempotencyClaim | null,
  now: number,
  work: () => Promise<Body>,
): Promise<Body> {
  if (!claim) return work();
  const { userId, key, requestHash } = claim;
  await trx
    .deleteFrom('idempotency_keys')
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .where('created_at', '<', now - IDEMPOTENCY_MS)
    .execute();
  // Of two requests at once the later one waits here, on every database, until the first has committed.
  const claimed = await trx
    .insertInto('idempotency_keys')
    .values({ user_id: userId, key, request_hash: requestHash, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .execute();
  if (claimed.length === 0) return firstAnswer(trx, claim);
  const body = await work();
  await trx
    .updateTable('idempotency_keys')
    .set({ body: JSON.stringify(body) })
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .execute();
  return body;
}

/**
 * The answer that a key already has, for work that is costly or that could no longer be done; null when it has none.
 * @throws AppError idempotency_conflict when the key was used for another request
 */
export async function earlierAnswer<Body>(
  db: Executor,
  claim: IdempotencyClaim | null,
  now: number,
): Promise<Body | null> {
  if (!claim) return null;
  const used = await db
    .selectFrom('idempotency_keys')
    .select('key')
    .where('user_id', '=', claim.userId)
    .where('key', '=', claim.key)
    .where('created_at', '>=', now - IDEMPOTENCY_MS)
    .executeTakeFirst();
  return used ? firstAnswer<Body>(db, claim) : null;
}

async function firstAnswer<Body>(
  trx: Executor,
  { userId, key, requestHash }: IdempotencyClaim,
): Promise<Body> {
  const first = await trx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'body'])
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (!first?.body || first.request_hash !== requestHash) throw new AppError('idempotency_conflict');
  return JSON.parse(first.body) as Body;
}
