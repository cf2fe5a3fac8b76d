/** Accounts and sessions: what may happen, in which order. */
import { randomBytes } from 'node:crypto';
import type { User } from '@mozarela/contract/auth';
import { AppError } from '../../http/errors.ts';
import { refuseIfFull } from '../../http/limits.ts';
import { type Authenticate, csrfTokenOf, hashToken } from '../../http/session.ts';
import { newId } from '../../ids.ts';
import { iso } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS, type Executor } from '../../seams/database/port.ts';
import { deviceOf } from './device.ts';
import { hashPassword, isBcrypt, verifyPassword } from './hashing.ts';
import { passwordProblem } from './password-rules.ts';
import { type Account, findByEmail, insertAccount, insertSession, isFresh, replaceHash } from './queries.ts';
import { readSession } from './session-cache.ts';
import { isSetupToken } from './setup.ts';

/** Where a session is opened from. */
export type Client = { address: string; userAgent: string };

export type SignedIn = { user: User; csrfToken: string; expiresAt: string; token: string };

export const toUser = (account: Account): User => ({
  id: account.userId,
  email: account.email,
  fullName: account.fullName,
  isAdmin: account.isAdmin,
  clinic: { id: account.clinicId, name: account.clinicName, role: account.role },
});

/** @throws AppError validation_failed when the password is easily guessed */
export function requireGoodPassword(path: string, password: string, own: string[]): void {
  const problem = passwordProblem(password, own);
  if (problem)
    throw new AppError('validation_failed', { errors: [{ path, message: `this password ${problem}` }] });
}

async function openSession(trx: Executor, ports: Ports, account: Account, client: Client): Promise<SignedIn> {
  const token = randomBytes(32).toString('base64url');
  const now = ports.now();
  const expiresAt = now + ports.config.sessionTtlMs;
  await insertSession(trx, {
    id: newId(now),
    tokenHash: hashToken(token),
    userId: account.userId,
    device: deviceOf(client.userAgent),
    now,
    expiresAt,
  });
  return { user: toUser(account), csrfToken: csrfTokenOf(token), expiresAt: iso(expiresAt), token };
}

type Registration = {
  fullName: string;
  email: string;
  password: string;
  clinicName?: string;
  invitation?: string;
  setupToken?: string;
};

/** Whether this registration may happen at all, before any costly work. */
async function requireOpenRegistration(ports: Ports, input: Registration): Promise<void> {
  const { config, database } = ports;
  if (input.invitation !== undefined)
    throw new AppError('validation_failed', { errors: [{ path: 'invitation', message: 'is not known' }] });
  if (await isFresh(database.read(ACCOUNTS))) {
    if (config.production && !isSetupToken(ports, input.setupToken))
      throw new AppError('setup_token_required');
  } else if (config.registration === 'invite') throw new AppError('registration_closed');
}

/** Creates a person, their clinic and a session. */
export async function registerAccount(ports: Ports, input: Registration, client: Client): Promise<SignedIn> {
  await requireOpenRegistration(ports, input);
  requireGoodPassword('password', input.password, [input.email, input.fullName, input.clinicName ?? '']);
  const passwordHash = await hashPassword(input.password);
  return ports.database.write(ACCOUNTS, async (trx) => {
    const now = ports.now();
    const fullName = input.fullName.trim();
    const clinicName = input.clinicName?.trim() ?? `${fullName}'s clinic`;
    const names = { email: input.email, fullName, clinicName };
    const account = await insertAccount(
      trx,
      { userId: newId(now), clinicId: newId(now), ...names, passwordHash },
      now,
    );
    if (!account) throw new AppError('email_taken');
    return openSession(trx, ports, account, client);
  });
}

/**
 * Signs in. Only failures count, per account and address, and per address. Guesses that were under way together are
 * looked at again when their password is known: past the limit not even the right one is let in. Nor is a password
 * that was changed while it was being verified: the change ended all sessions, and none may begin after it.
 */
export async function signIn(
  ports: Ports,
  { email, password }: { email: string; password: string },
  client: Client,
): Promise<SignedIn> {
  const { database, limits, config } = ports;
  const failures = [
    { key: `login:{${client.address}}:${hashToken(email)}`, ...config.limits.loginAccount },
    { key: `login:{${client.address}}`, ...config.limits.loginAddress },
  ];
  refuseIfFull(await limits.look(failures));
  const account = await findByEmail(database.read(ACCOUNTS), email);
  if (!(await verifyPassword(account?.passwordHash ?? null, password)) || !account) {
    refuseIfFull(await limits.hit(failures));
    throw new AppError('invalid_credentials');
  }
  refuseIfFull(await limits.look(failures));
  const { passwordHash: stored, ...person } = account;
  const renewed = stored !== null && isBcrypt(stored) ? await hashPassword(password) : null;
  const signedIn = await database.write(ACCOUNTS, async (trx) => {
    if ((await findByEmail(trx, email))?.passwordHash !== stored) return null;
    if (stored !== null && renewed !== null) await replaceHash(trx, person.userId, stored, renewed);
    return openSession(trx, ports, person, client);
  });
  return signedIn ?? signIn(ports, { email, password }, client);
}

/** The session of a token; its use is noted at most once a minute. */
export async function authenticateToken(ports: Ports, token: string): ReturnType<Authenticate> {
  const session = await readSession(ports, hashToken(token));
  return session && { ...session, csrfToken: csrfTokenOf(token) };
}
