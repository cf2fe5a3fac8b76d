/** A person's own account: change, export, leave. */
import { AppError } from '../../http/errors.ts';
import type { Session } from '../../http/session.ts';
import { iso, isoOrNull } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS, type Executor } from '../../seams/database/port.ts';
import type { AccountActions } from '../auth/actions.ts';
import type { Account } from '../auth/queries.ts';

export type Profile = { fullName?: string; email?: string; clinicName?: string };

/**
 * Writes what was sent and nothing else: the session may tell of before another change. The e-mail must be free, and a
 * clinic is renamed by its owner only.
 * @returns the account as it is now
 */
export async function changeProfile(
  ports: Ports,
  findAccount: AccountActions['findAccount'],
  userId: string,
  { fullName, email, clinicName }: Profile,
): Promise<Account> {
  return ports.database.write(ACCOUNTS, async (trx) => {
    const account = await findAccount(trx, userId);
    if (!account) throw new AppError('unauthenticated');
    if (email !== undefined && (await emailTaken(trx, email, userId))) throw new AppError('email_taken');
    if (clinicName !== undefined) {
      if (account.role !== 'owner')
        throw new AppError('forbidden', { detail: 'Only the owner can rename the clinic.' });
      const named = { name: clinicName.trim() };
      await trx.updateTable('clinics').set(named).where('id', '=', account.clinicId).execute();
    }
    await trx
      .updateTable('users')
      .set({ full_name: fullName?.trim(), email, updated_at: ports.now() })
      .where('id', '=', userId)
      .execute();
    return (await findAccount(trx, userId)) ?? account;
  });
}

async function emailTaken(trx: Executor, email: string, userId: string): Promise<boolean> {
  const row = await trx.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
  return row !== undefined && row.id !== userId;
}

/**
 * Makes the person unknown: name, e-mail, password and sessions go, the clinic keeps its cases. Refused to the only
 * administrator of an installation that others use.
 * @returns the token hashes of the sessions that ended, which `forgetPerson` is to get when the transaction is over
 */
export async function anonymise(trx: Executor, userId: string, now: number): Promise<string[]> {
  await requireOtherAdministrator(trx, userId);
  await trx
    .updateTable('users')
    .set({
      email: `deleted:${userId}`,
      full_name: 'Former member',
      password_hash: null,
      is_admin: 0,
      updated_at: now,
      deleted_at: now,
    })
    .where('id', '=', userId)
    .execute();
  await trx.deleteFrom('password_resets').where('user_id', '=', userId).execute();
  const ended = await trx
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .returning('token_hash')
    .execute();
  await trx.deleteFrom('legacy_rows').where('user_id', '=', userId).execute();
  return ended.map((row) => row.token_hash);
}

async function requireOtherAdministrator(trx: Executor, userId: string): Promise<void> {
  const people = await trx
    .selectFrom('users')
    .select(['id', 'is_admin'])
    .where('deleted_at', 'is', null)
    .where('id', '!=', userId)
    .orderBy('is_admin', 'desc')
    .limit(1)
    .executeTakeFirst();
  const self = await trx.selectFrom('users').select('is_admin').where('id', '=', userId).executeTakeFirst();
  if (self?.is_admin === 1 && people && people.is_admin === 0)
    throw new AppError('conflict', {
      detail: 'This is the only administrator: make somebody else administrator first.',
    });
}

/** Everything that the installation holds of a person. */
export async function personalData(db: Executor, session: Session): Promise<Record<string, unknown>> {
  const user = await db
    .selectFrom('users')
    .selectAll()
    .where('id', '=', session.userId)
    .executeTakeFirstOrThrow();
  const sessions = await db
    .selectFrom('sessions')
    .select(['device', 'created_at', 'last_used_at', 'expires_at'])
    .where('user_id', '=', session.userId)
    .execute();
  const cases = await db
    .selectFrom('cases')
    .select(['id', 'created_at'])
    .where('created_by', '=', session.userId)
    .orderBy('id')
    .execute();
  const reports = await db
    .selectFrom('reports')
    .select(['id', 'condition_id', 'analysis_id', 'text', 'created_at'])
    .where('user_id', '=', session.userId)
    .orderBy('id')
    .execute();
  return {
    account: {
      id: user.id,
      email: user.email,
      fullName: user.full_name,
      isAdmin: user.is_admin === 1,
      createdAt: iso(user.created_at),
      lastSeenAt: isoOrNull(user.last_seen_at),
    },
    clinic: { id: session.clinicId, name: session.clinicName, role: session.role },
    sessions: sessions.map((row) => ({
      device: row.device,
      createdAt: iso(row.created_at),
      lastUsedAt: iso(row.last_used_at),
      expiresAt: iso(row.expires_at),
    })),
    casesWritten: cases.map((row) => ({ id: row.id, createdAt: iso(row.created_at) })),
    reportsWritten: reports.map((row) => ({
      id: row.id,
      conditionId: row.condition_id,
      analysisId: row.analysis_id,
      text: row.text,
      createdAt: iso(row.created_at),
    })),
  };
}
