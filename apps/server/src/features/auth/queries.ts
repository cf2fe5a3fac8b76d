/** Accounts and sessions in the database. */
import type { Executor } from '../../seams/database/port.ts';

const LAST_USED_PRECISION_MS = 60_000;

export type Account = {
  userId: string;
  email: string;
  fullName: string;
  isAdmin: boolean;
  clinicId: string;
  clinicName: string;
  role: 'owner' | 'vet' | 'nurse';
};

const accountColumns = [
  'users.id as userId',
  'users.email',
  'users.full_name as fullName',
  'users.is_admin',
  'memberships.role',
  'clinics.id as clinicId',
  'clinics.name as clinicName',
] as const;

const toAccount = <Row extends { is_admin: 0 | 1 }>({ is_admin, ...row }: Row) => ({
  ...row,
  isAdmin: is_admin === 1,
});

/** The living account of an e-mail, with its password hash. */
export async function findByEmail(db: Executor, email: string) {
  const row = await db
    .selectFrom('users')
    .innerJoin('memberships', 'memberships.user_id', 'users.id')
    .innerJoin('clinics', 'clinics.id', 'memberships.clinic_id')
    .select([...accountColumns, 'users.password_hash as passwordHash'])
    .where('users.email', '=', email)
    .where('users.deleted_at', 'is', null)
    .executeTakeFirst();
  return row && toAccount(row);
}

/** The living account of a person. */
export async function findAccount(db: Executor, userId: string): Promise<Account | null> {
  const row = await db
    .selectFrom('users')
    .innerJoin('memberships', 'memberships.user_id', 'users.id')
    .innerJoin('clinics', 'clinics.id', 'memberships.clinic_id')
    .select(accountColumns)
    .where('users.id', '=', userId)
    .where('users.deleted_at', 'is', null)
    .executeTakeFirst();
  return row ? toAccount(row) : null;
}

/** Whether a session still exists: a sign-out on any instance ends what it has open. */
export async function sessionLives(db: Executor, sessionId: string, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', sessionId)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

export async function findBySession(db: Executor, tokenHash: string, now: number) {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .innerJoin('memberships', 'memberships.user_id', 'users.id')
    .innerJoin('clinics', 'clinics.id', 'memberships.clinic_id')
    .select([
      ...accountColumns,
      'sessions.id as sessionId',
      'sessions.last_used_at as lastUsedAt',
      'sessions.expires_at as expiresAt',
    ])
    .where('sessions.token_hash', '=', tokenHash)
    .where('sessions.expires_at', '>', now)
    .where('users.deleted_at', 'is', null)
    .executeTakeFirst();
  return row && toAccount(row);
}

/** Stores the same password under a better hash, unless it was changed meanwhile. */
export async function replaceHash(
  trx: Executor,
  userId: string,
  stored: string,
  renewed: string,
): Promise<void> {
  await trx
    .updateTable('users')
    .set({ password_hash: renewed })
    .where('id', '=', userId)
    .where('password_hash', '=', stored)
    .execute();
}

/** True when the recorded last use is old enough to be written again. */
export const isStale = (lastUsedAt: number, now: number): boolean =>
  now - lastUsedAt >= LAST_USED_PRECISION_MS;

export async function touchSession(
  trx: Executor,
  { sessionId, userId }: { sessionId: string; userId: string },
  now: number,
): Promise<void> {
  await trx.updateTable('sessions').set({ last_used_at: now }).where('id', '=', sessionId).execute();
  await trx.updateTable('users').set({ last_seen_at: now }).where('id', '=', userId).execute();
}

export async function insertSession(
  trx: Executor,
  row: { id: string; tokenHash: string; userId: string; device: string; now: number; expiresAt: number },
): Promise<void> {
  await trx
    .insertInto('sessions')
    .values({
      id: row.id,
      token_hash: row.tokenHash,
      user_id: row.userId,
      device: row.device,
      created_at: row.now,
      last_used_at: row.now,
      expires_at: row.expiresAt,
    })
    .execute();
}

/**
 * Deletes sessions of a person: one, all but one, or all.
 * @returns the hashes of their tokens, which `forgetSessions` is to get when the transaction is over
 */
export async function deleteSessions(
  trx: Executor,
  { userId, only, except }: { userId: string; only?: string; except?: string },
): Promise<string[]> {
  let query = trx.deleteFrom('sessions').where('user_id', '=', userId).returning('token_hash');
  if (only !== undefined) query = query.where('id', '=', only);
  if (except !== undefined) query = query.where('id', '!=', except);
  return (await query.execute()).map((row) => row.token_hash);
}

/** True while nobody has ever registered. */
export async function isFresh(db: Executor): Promise<boolean> {
  return !(await db.selectFrom('installation').select('id').executeTakeFirst());
}

/**
 * Adds a person with a clinic of their own. The first one ever becomes administrator; the database decides who is.
 * @returns null when the e-mail is taken
 */
export async function insertAccount(
  trx: Executor,
  account: Omit<Account, 'isAdmin' | 'role'> & { passwordHash: string | null },
  now: number,
): Promise<Account | null> {
  const { userId, clinicId, passwordHash, ...names } = account;
  const [inserted] = await trx
    .insertInto('users')
    .values({
      id: userId,
      email: names.email,
      full_name: names.fullName,
      password_hash: passwordHash,
      is_admin: 0,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .execute();
  if (!inserted) return null;
  await trx.insertInto('clinics').values({ id: clinicId, name: names.clinicName, created_at: now }).execute();
  await trx
    .insertInto('memberships')
    .values({ clinic_id: clinicId, user_id: userId, role: 'owner', created_at: now })
    .execute();
  const [first] = await trx
    .insertInto('installation')
    .values({ id: 1, first_user: userId, created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  if (first) await trx.updateTable('users').set({ is_admin: 1 }).where('id', '=', userId).execute();
  return { userId, clinicId, ...names, role: 'owner', isAdmin: first !== undefined };
}
