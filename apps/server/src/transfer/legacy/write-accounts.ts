/** Accounts, their clinics and protocols into the database: one transaction a batch. */
import { hashPassword } from '../../features/auth/hashing.ts';
import { ACCOUNTS, type Database, type Executor } from '../../seams/database/port.ts';
import type { PlannedAccount, PlannedPassword } from './account.ts';
import { keepRows } from './keep.ts';
import { rawOf } from './read.ts';

/** Where an account's cases go. */
export type Owner = { userId: string; clinicId: string };

export type AccountOutcome = { owner: Owner; already: boolean; usesSpareEmail: boolean };

type NewAccount = Omit<PlannedAccount, 'row' | 'notes' | 'password'> & { passwordHash: string | null };

const hashOf = async (password: PlannedPassword): Promise<string | null> => {
  if (password.kind === 'clear') return hashPassword(password.password);
  return password.kind === 'hash' ? password.hash : null;
};

/** The accounts among these that are there, with their clinic. */
async function known(db: Executor, userIds: string[]): Promise<Map<string, Owner>> {
  const rows = await db
    .selectFrom('users')
    .innerJoin('memberships', 'memberships.user_id', 'users.id')
    .select(['users.id as userId', 'memberships.clinic_id as clinicId'])
    .where('users.id', 'in', userIds)
    .execute();
  return new Map(rows.map((row) => [row.userId, row]));
}

async function insertUser(trx: Executor, account: NewAccount, email: string): Promise<boolean> {
  const rows = await trx
    .insertInto('users')
    .values({
      id: account.userId,
      email,
      full_name: account.fullName,
      password_hash: account.passwordHash,
      is_admin: account.isAdmin ? 1 : 0,
      created_at: account.createdAt,
      updated_at: account.createdAt,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .execute();
  return rows.length > 0;
}

async function insertProtocol(trx: Executor, account: NewAccount): Promise<void> {
  const { protocol, userId, clinicId, createdAt } = account;
  if (!protocol) return;
  const { id, name, csv, rows, warnings } = protocol;
  const shared = { name, version: 1, rows, warnings, created_by: userId, created_at: createdAt };
  await trx
    .insertInto('protocols')
    .values({ id, clinic_id: clinicId, updated_at: createdAt, deleted_at: null, ...shared })
    .execute();
  await trx
    .insertInto('protocol_versions')
    .values({ protocol_id: id, csv, ...shared })
    .execute();
}

/**
 * Adds an account that is not there, with its clinic, in an open transaction. The first one in a clinic owns it.
 * @returns whether its e-mail was taken, so that it has the spare one
 */
export async function insertImported(trx: Executor, account: NewAccount): Promise<boolean> {
  const hasOwn = await insertUser(trx, account, account.email);
  if (!hasOwn) await insertUser(trx, account, account.spareEmail);
  const { userId, clinicId, clinicName, createdAt } = account;
  const [founded] = await trx
    .insertInto('clinics')
    .values({ id: clinicId, name: clinicName, created_at: createdAt })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  await trx
    .insertInto('memberships')
    .values({
      clinic_id: clinicId,
      user_id: userId,
      role: founded ? 'owner' : 'vet',
      created_at: createdAt,
    })
    .execute();
  await insertProtocol(trx, account);
  return !hasOwn;
}

/** What of an account's row is kept as it was. */
function keptOf({ row, userId, keptProtocol, notes }: PlannedAccount) {
  const shared = { key: row.key, userId };
  const whole = notes.keep
    ? [{ table: 'users', raw: rawOf(row), reason: notes.reasons.join('; '), ...shared }]
    : [];
  return keptProtocol ? [...whole, { table: 'users.savedScoringConfig', ...keptProtocol, ...shared }] : whole;
}

/** Writes a batch; accounts that are there already stay as they are. Answers in the order of the batch. */
export async function writeAccounts(
  database: Database,
  batch: PlannedAccount[],
  now: number,
): Promise<AccountOutcome[]> {
  const ids = batch.map(({ userId }) => userId);
  const before = await known(database.read(ACCOUNTS), ids);
  const hashes = await Promise.all(
    batch.map(({ userId, password }) => (before.has(userId) ? null : hashOf(password))),
  );
  return database.write(ACCOUNTS, async (trx) => {
    const there = await known(trx, ids);
    const outcomes: AccountOutcome[] = [];
    for (const [index, account] of batch.entries()) {
      const owner = there.get(account.userId);
      const usesSpareEmail = owner
        ? false
        : await insertImported(trx, { ...account, passwordHash: hashes[index] ?? null });
      outcomes.push({
        owner: owner ?? { userId: account.userId, clinicId: account.clinicId },
        already: owner !== undefined,
        usesSpareEmail,
      });
    }
    await keepRows(trx, batch.flatMap(keptOf), now);
    return outcomes;
  });
}

/**
 * Closes the door of a new installation: without this the next person to register would become its administrator.
 * @returns true when this import was the first thing in the installation
 */
export async function claimInstallation(
  database: Database,
  firstUser: string,
  now: number,
): Promise<boolean> {
  return database.write(ACCOUNTS, async (trx) => {
    const rows = await trx
      .insertInto('installation')
      .values({ id: 1, first_user: firstUser, created_at: now })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .execute();
    return rows.length > 0;
  });
}
