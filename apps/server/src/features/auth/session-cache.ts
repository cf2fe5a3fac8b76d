/**
 * Sessions as requests read them: from the cache, else from the database. What holds:
 *
 * - A revocation leaves a tombstone that no reader overwrites: who read the database before it cannot bring the
 *   session back. Once a revocation was answered, every instance asks the database.
 * - While a revocation cannot be passed on, it is tried again. An instance that still reaches the cache may believe
 *   what was read before for 30 s at most; one that lost the cache, or saw it come back, believes nothing of before.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Session } from '../../http/session.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { findBySession, isStale, touchSession } from './queries.ts';

type Stored = Omit<Session, 'csrfToken' | 'cookieToken'>;
type Entry = { readAt: number; until: number; session: Stored };

const ENTRY_MS = 30_000;
/** Longer than any reader may take from its look at the database to the cache. */
const TOMBSTONE_MS = 30_000;
const FILL_WITHIN_MS = 5_000;
const RETRY_MS = 250;
/** For what is under way when the cache comes back, and for clocks that differ. */
const DISTRUST_MS = 2_000;
const REVOKED = 'revoked';

const keyOf = (tokenHash: string) => `session:{${tokenHash}}`;

/** The session of a token and its person as they are now; null when unknown, expired or revoked. */
export async function readSession(ports: Ports, tokenHash: string): Promise<Stored | null> {
  const { cache, database, now } = ports;
  const time = now();
  const key = keyOf(tokenHash);
  const text = await cache.get(key).catch(() => undefined);
  if (text && text !== REVOKED) {
    const { readAt, until, session } = JSON.parse(text) as Entry;
    if (until > time && (cache.brokenAt === 0 || readAt > cache.brokenAt + DISTRUST_MS)) return session;
  }
  const started = performance.now();
  const found = await findBySession(database.read(ACCOUNTS), tokenHash, time);
  if (!found) return null;
  const { lastUsedAt, expiresAt, ...session } = found;
  if (text === null && performance.now() - started < FILL_WITHIN_MS) {
    const until = Math.min(time + ENTRY_MS, expiresAt);
    const entry: Entry = { readAt: time, until, session };
    // Nobody waits for it; when it fails, the next request reads the database again.
    cache.add(key, JSON.stringify(entry), until - time).catch(() => {});
  }
  if (isStale(lastUsedAt, time)) await database.write(ACCOUNTS, (trx) => touchSession(trx, session, time));
  return session;
}

/**
 * Makes every instance read these sessions from the database again. After the transaction that ended or changed them,
 * and before that is answered.
 */
export async function forgetSessions(ports: Ports, tokenHashes: string[]): Promise<void> {
  const left = await bury(ports, tokenHashes);
  if (left.length === 0) return;
  ports.log.warn({ sessions: left.length }, 'the cache was not told of a revocation yet');
  void keepBurying(ports, left);
}

/** @returns those that the cache did not take */
async function bury({ cache }: Ports, tokenHashes: string[]): Promise<string[]> {
  const left = tokenHashes.map((tokenHash) =>
    cache.set(keyOf(tokenHash), REVOKED, TOMBSTONE_MS).then(
      () => [],
      () => [tokenHash],
    ),
  );
  return (await Promise.all(left)).flat();
}

/** Until no entry of before the revocation can be alive. */
async function keepBurying(ports: Ports, tokenHashes: string[]): Promise<void> {
  const end = performance.now() + ENTRY_MS;
  let left = tokenHashes;
  while (left.length > 0 && performance.now() < end) {
    await wait(RETRY_MS, undefined, { ref: false });
    left = await bury(ports, left);
  }
}

/**
 * The same for all sessions of a person, after a change of what a session tells of them.
 * @param ended hashes of sessions that the change deleted
 */
export async function forgetPerson(ports: Ports, userId: string, ended: string[] = []): Promise<void> {
  // Listed after the change: whoever read the person before it did so by a session that is there now, or was ended.
  const rows = await ports.database
    .read(ACCOUNTS)
    .selectFrom('sessions')
    .select('token_hash')
    .where('user_id', '=', userId)
    .execute();
  await forgetSessions(ports, [...ended, ...rows.map((row) => row.token_hash)]);
}

/** The same for everybody in a clinic, after a change of the clinic. */
export async function forgetClinic(ports: Ports, clinicId: string): Promise<void> {
  const rows = await ports.database
    .read(ACCOUNTS)
    .selectFrom('sessions')
    .innerJoin('memberships', 'memberships.user_id', 'sessions.user_id')
    .select('sessions.token_hash')
    .where('memberships.clinic_id', '=', clinicId)
    .execute();
  await forgetSessions(
    ports,
    rows.map((row) => row.token_hash),
  );
}
