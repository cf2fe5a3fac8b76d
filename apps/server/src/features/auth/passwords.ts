/** Changing and resetting passwords, and one-time links. */
import { randomBytes } from 'node:crypto';
import { AppError } from '../../http/errors.ts';
import { refuseIfFull } from '../../http/limits.ts';
import { hashToken, type Session } from '../../http/session.ts';
import { newId } from '../../ids.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS, type Executor } from '../../seams/database/port.ts';
import { hashPassword, verifyPassword } from './hashing.ts';
import { deleteSessions } from './queries.ts';
import { requireGoodPassword } from './service.ts';
import { forgetSessions } from './session-cache.ts';

export const RESET_LINK_MS = 60 * 60 * 1000;

/** Proves that the person at the keyboard is the account's. Counts failures like sign-ins do. */
export async function requirePassword(
  ports: Ports,
  session: Session,
  path: string,
  password: string,
): Promise<void> {
  const failures = [{ key: `password:{${session.userId}}`, ...ports.config.limits.loginAccount }];
  refuseIfFull(await ports.limits.look(failures));
  const row = await ports.database
    .read(ACCOUNTS)
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', session.userId)
    .executeTakeFirst();
  if (await verifyPassword(row?.password_hash ?? null, password)) return;
  refuseIfFull(await ports.limits.hit(failures));
  throw new AppError('invalid_credentials', {
    detail: 'The present password is wrong.',
    errors: [{ path, message: 'is wrong' }],
  });
}

/** Stores a password and closes every open reset link of the person: an old one must not replace it. */
async function storePassword(
  trx: Executor,
  userId: string,
  passwordHash: string,
  now: number,
): Promise<void> {
  await trx
    .updateTable('users')
    .set({ password_hash: passwordHash, updated_at: now })
    .where('id', '=', userId)
    .execute();
  await trx
    .updateTable('password_resets')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .execute();
}

/** Sets a new password and ends every other session of the person. */
export async function changePassword(
  ports: Ports,
  session: Session,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<void> {
  await requirePassword(ports, session, 'currentPassword', currentPassword);
  requireGoodPassword('newPassword', newPassword, [session.email, session.fullName, session.clinicName]);
  const passwordHash = await hashPassword(newPassword);
  const { userId, sessionId } = session;
  const ended = await ports.database.write(ACCOUNTS, async (trx) => {
    await storePassword(trx, userId, passwordHash, ports.now());
    return deleteSessions(trx, { userId, except: sessionId });
  });
  await forgetSessions(ports, ended);
}

/** Makes a one-time token; its hash is stored, the token itself is told once. `createdBy` null: the command line. */
export async function createReset(
  trx: Executor,
  userId: string,
  createdBy: string | null,
  now: number,
): Promise<{ token: string; expiresAt: number }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = now + RESET_LINK_MS;
  await trx
    .insertInto('password_resets')
    .values({
      id: newId(now),
      user_id: userId,
      token_hash: hashToken(token),
      created_by: createdBy,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  return { token, expiresAt };
}

/** Uses a link: new password, every session ended. Throws `gone` when it is unknown, used or too old. */
export async function resetPassword(
  ports: Ports,
  { token, password }: { token: string; password: string },
  address: string,
): Promise<void> {
  const failures = [{ key: `reset:{${address}}`, ...ports.config.limits.loginAddress }];
  refuseIfFull(await ports.limits.look(failures));
  const gone = () =>
    new AppError('gone', { detail: 'This link was used, is too old or is not complete: ask for a new one.' });
  const open = (db: Executor) =>
    db
      .selectFrom('password_resets')
      .innerJoin('users', 'users.id', 'password_resets.user_id')
      .select(['password_resets.id', 'users.id as userId', 'users.email', 'users.full_name'])
      .where('token_hash', '=', hashToken(token))
      .where('used_at', 'is', null)
      .where('expires_at', '>', ports.now())
      .where('users.deleted_at', 'is', null)
      .executeTakeFirst();
  const found = await open(ports.database.read(ACCOUNTS));
  if (!found) {
    await ports.limits.hit(failures);
    throw gone();
  }
  requireGoodPassword('password', password, [found.email, found.full_name]);
  const passwordHash = await hashPassword(password);
  const ended = await ports.database.write(ACCOUNTS, async (trx) => {
    const now = ports.now();
    const { numUpdatedRows } = await trx
      .updateTable('password_resets')
      .set({ used_at: now })
      .where('id', '=', found.id)
      .where('used_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw gone();
    await storePassword(trx, found.userId, passwordHash, now);
    return deleteSessions(trx, { userId: found.userId });
  });
  await forgetSessions(ports, ended);
}
