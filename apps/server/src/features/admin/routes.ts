import {
  type AdminStats,
  adminAudit,
  adminCases,
  adminDeleteCase,
  adminDeleteUser,
  adminResetLink,
  adminStats,
  adminToggleAdmin,
  adminUsers,
} from '@mozarela/contract/admin';
import { type Binding, bind } from '../../http/bind.ts';
import { AppError } from '../../http/errors.ts';
import type { Session } from '../../http/session.ts';
import { iso } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS, type Executor } from '../../seams/database/port.ts';
import type { AccountActions } from '../auth/actions.ts';
import type { AdminCase } from '../cases/queries.ts';
import { audit, findUser, listAudit, listUsers, stats } from './queries.ts';

type QueueCounts = { queued: number; running: number; dead: number; oldestDueMs: number | null };

/** What administration does through other features; handed over by api.ts. */
export type AdminSources = Pick<AccountActions, 'createReset' | 'forgetPerson'> & {
  anonymise(trx: Executor, userId: string, now: number): Promise<string[]>;
  listAllCases(
    db: Executor,
    page: { q?: string; limit: number; cursor?: string },
  ): Promise<{ items: AdminCase[]; nextCursor: string | null }>;
  /** The clinic of a case that is not deleted; null when there is none. */
  clinicOfCase(db: Executor, id: string): Promise<string | null>;
  /** What the ai engine came to. */
  aiStats(db: Executor, now: number): Promise<Pick<AdminStats, 'aiCache' | 'aiUsage'>>;
  queueHealth(db: Executor, now: number, types: string[]): Promise<QueueCounts>;
  deleteCase(ports: Ports, actor: { userId: string; clinicId: string }, id: string): Promise<void>;
};

type Scope = { params: { id: string }; session: Session };

const notOneself = ({ params, session }: Scope) => {
  if (params.id === session.userId)
    throw new AppError('conflict', { detail: 'Not possible for your own account.' });
};

export function adminRoutes(ports: Ports, sources: AdminSources): Binding[] {
  const { database, now } = ports;
  const user = async ({ params }: Scope) => {
    const found = await findUser(database.read(ACCOUNTS), params.id);
    if (!found) throw new AppError('not_found');
    return found;
  };
  const clinic = async ({ params }: Scope) => {
    const found = await sources.clinicOfCase(database.read(ACCOUNTS), params.id);
    if (!found) throw new AppError('not_found');
    return found;
  };
  return [
    bind(adminStats, async () => {
      const db = database.read(ACCOUNTS);
      const { queued, running, dead, oldestDueMs } = await sources.queueHealth(db, now(), []);
      const ai = await sources.aiStats(db, now());
      const queue = { queued, running, dead, oldestDueMs };
      return { body: { ...(await stats(db, now())), queue, ...ai } };
    }),
    bind(adminUsers, async ({ query }) => ({ body: await listUsers(database.read(ACCOUNTS), query) })),
    bind(adminDeleteUser, {
      resource: user,
      handle: async (scope) => {
        notOneself(scope);
        const { params, session } = scope;
        const ended = await database.write(ACCOUNTS, async (trx) => {
          await audit(trx, { actor: session.userId, action: 'user.deleted', target: params.id, at: now() });
          return sources.anonymise(trx, params.id, now());
        });
        await sources.forgetPerson(ports, params.id, ended);
        return {};
      },
    }),
    bind(adminToggleAdmin, {
      resource: user,
      handle: async (scope) => {
        notOneself(scope);
        const { params, session, resource } = scope;
        const isAdmin = !resource.isAdmin;
        await database.write(ACCOUNTS, async (trx) => {
          await trx
            .updateTable('users')
            .set({ is_admin: isAdmin ? 1 : 0, updated_at: now() })
            .where('id', '=', params.id)
            .execute();
          const action = isAdmin ? 'user.admin_granted' : 'user.admin_taken';
          await audit(trx, { actor: session.userId, action, target: params.id, at: now() });
        });
        await sources.forgetPerson(ports, params.id);
        return { body: { ...resource, isAdmin } };
      },
    }),
    bind(adminResetLink, {
      resource: user,
      handle: async ({ params, session }) => {
        const { token, expiresAt } = await database.write(ACCOUNTS, async (trx) => {
          await audit(trx, {
            actor: session.userId,
            action: 'user.reset_link',
            target: params.id,
            at: now(),
          });
          return sources.createReset(trx, params.id, session.userId, now());
        });
        return { body: { url: `/reset#${token}`, expiresAt: iso(expiresAt) } };
      },
    }),
    bind(adminCases, async ({ query }) => ({
      body: await sources.listAllCases(database.read(ACCOUNTS), query),
    })),
    bind(adminDeleteCase, {
      resource: clinic,
      handle: async ({ params, session, resource: clinicId }) => {
        await sources.deleteCase(ports, { userId: session.userId, clinicId }, params.id);
        await database.write(ACCOUNTS, (trx) =>
          audit(trx, { actor: session.userId, action: 'case.deleted', target: params.id, at: now() }),
        );
        return {};
      },
    }),
    bind(adminAudit, async ({ query }) => ({ body: await listAudit(database.read(ACCOUNTS), query) })),
  ];
}
