import { deleteSession, listSessions, refreshSession } from '@mozarela/contract/auth';
import { type Binding, bind } from '../../http/bind.ts';
import { AppError } from '../../http/errors.ts';
import { sessionCookie } from '../../http/session.ts';
import { iso } from '../../lib/time.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import type { AccountActions } from '../auth/actions.ts';

const SHOWN = 100;

export const sessionRoutes = (
  ports: Ports,
  { deleteSessions, forgetSessions }: Pick<AccountActions, 'deleteSessions' | 'forgetSessions'>,
): Binding[] => {
  const { config, database, now } = ports;
  return [
    bind(refreshSession, async ({ session }) => {
      const expiresAt = now() + config.sessionTtlMs;
      await database.write(ACCOUNTS, (trx) =>
        trx
          .updateTable('sessions')
          .set({ expires_at: expiresAt })
          .where('id', '=', session.sessionId)
          .execute(),
      );
      const { cookieToken } = session;
      // Else the browser would forget the cookie before the session ends.
      const headers = cookieToken ? { 'Set-Cookie': sessionCookie(config, cookieToken) } : undefined;
      return { body: { expiresAt: iso(expiresAt) }, headers };
    }),
    bind(listSessions, async ({ session }) => {
      const rows = await database
        .read(ACCOUNTS)
        .selectFrom('sessions')
        .selectAll()
        .where('user_id', '=', session.userId)
        .where('expires_at', '>', now())
        .orderBy('id', 'desc')
        .limit(SHOWN)
        .execute();
      const items = rows.map((row) => ({
        id: row.id,
        device: row.device,
        createdAt: iso(row.created_at),
        lastUsedAt: iso(row.last_used_at),
        expiresAt: iso(row.expires_at),
        current: row.id === session.sessionId,
      }));
      return { body: { items, nextCursor: null } };
    }),
    bind(deleteSession, async ({ params, session }) => {
      const ended = await database.write(ACCOUNTS, (trx) =>
        deleteSessions(trx, { userId: session.userId, only: params.id }),
      );
      if (ended.length === 0) throw new AppError('not_found');
      await forgetSessions(ports, ended);
      return {};
    }),
  ];
};
