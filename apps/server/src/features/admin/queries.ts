/** What administrators see and do. Every action leaves a line in the audit table. */
import { newId } from '../../ids.ts';
import { contains } from '../../lib/contains.ts';
import { byId, pageOf } from '../../lib/page.ts';
import { DAY_MS, iso, isoOrNull } from '../../lib/time.ts';
import type { Executor } from '../../seams/database/port.ts';

const RECENT_MS = 30 * DAY_MS;

/** Notes an action; ids only, never names or case text. */
export async function audit(
  trx: Executor,
  entry: { actor: string; action: string; target: string | null; at: number; data?: Record<string, unknown> },
): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      id: newId(entry.at),
      at: entry.at,
      actor: entry.actor,
      action: entry.action,
      target: entry.target,
      data: JSON.stringify(entry.data ?? {}),
    })
    .execute();
}

export async function stats(db: Executor, now: number) {
  const since = now - RECENT_MS;
  const count = async (table: 'users' | 'cases') => {
    const row = await db
      .selectFrom(table)
      .select((select) => [
        select.fn.countAll<number>().as('total'),
        select.fn.countAll<number>().filterWhere('created_at', '>=', since).as('recent'),
      ])
      .where('deleted_at', 'is', null)
      .executeTakeFirstOrThrow();
    return { total: Number(row.total), recent: Number(row.recent) };
  };
  const sessions = await db
    .selectFrom('sessions')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return {
    users: await count('users'),
    cases: await count('cases'),
    sessions: { total: Number(sessions.total) },
  };
}

function selectUsers(db: Executor) {
  return db
    .selectFrom('users')
    .innerJoin('memberships', 'memberships.user_id', 'users.id')
    .innerJoin('clinics', 'clinics.id', 'memberships.clinic_id')
    .select([
      'users.id',
      'users.email',
      'users.full_name',
      'users.is_admin',
      'users.created_at',
      'users.last_seen_at',
      'clinics.id as clinic_id',
      'clinics.name as clinic_name',
      'memberships.role',
    ])
    .where('users.deleted_at', 'is', null);
}

type UserRow = Awaited<ReturnType<ReturnType<typeof selectUsers>['execute']>>[number];

const adminUser = (row: UserRow) => ({
  id: row.id,
  email: row.email,
  fullName: row.full_name,
  isAdmin: row.is_admin === 1,
  clinic: { id: row.clinic_id, name: row.clinic_name, role: row.role },
  createdAt: iso(row.created_at),
  lastSeenAt: isoOrNull(row.last_seen_at),
});

/** Accounts, newest first; `q` is part of the e-mail or the name. */
export async function listUsers(
  db: Executor,
  { q, limit, cursor }: { q?: string; limit: number; cursor?: string },
) {
  let query = selectUsers(db)
    .orderBy('users.id', 'desc')
    .limit(limit + 1);
  if (q?.trim())
    query = query.where((where) => where.or([contains('users.email', q), contains('users.full_name', q)]));
  if (cursor) query = query.where('users.id', '<', cursor);
  return pageOf(await query.execute(), limit, adminUser, byId);
}

export async function findUser(db: Executor, id: string) {
  const row = await selectUsers(db).where('users.id', '=', id).executeTakeFirst();
  return row ? adminUser(row) : null;
}

/** What administrators did, newest first. */
export async function listAudit(db: Executor, { limit, cursor }: { limit: number; cursor?: string }) {
  let query = db
    .selectFrom('audit')
    .leftJoin('users', 'users.id', 'audit.actor')
    .select(['audit.id', 'at', 'actor', 'action', 'target', 'data', 'users.full_name'])
    .orderBy('audit.id', 'desc')
    .limit(limit + 1);
  if (cursor) query = query.where('audit.id', '<', cursor);
  return pageOf(
    await query.execute(),
    limit,
    (row) => ({
      id: row.id,
      at: iso(row.at),
      actor: row.actor === null ? null : { id: row.actor, fullName: row.full_name ?? '' },
      action: row.action,
      target: row.target,
      data: JSON.parse(row.data) as Record<string, unknown>,
    }),
    byId,
  );
}
