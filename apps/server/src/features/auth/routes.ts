import {
  getMe,
  installation,
  login,
  logout,
  register,
  resetPassword as resetRoute,
} from '@mozarela/contract/auth';
import { type Binding, bind } from '../../http/bind.ts';
import { sessionCookie } from '../../http/session.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { resetPassword } from './passwords.ts';
import { deleteSessions, isFresh } from './queries.ts';
import { registerAccount, type SignedIn, signIn, toUser } from './service.ts';
import { forgetSessions } from './session-cache.ts';

/** @param knowledgeVersion of the bundle that this build serves */
export function authRoutes(ports: Ports, knowledgeVersion: () => Promise<string>): Binding[] {
  const answer = ({ token, ...body }: SignedIn) => ({
    body,
    headers: { 'Set-Cookie': sessionCookie(ports.config, token) },
  });
  return [
    bind(register, async ({ body, request }) => answer(await registerAccount(ports, body, request))),
    bind(login, async ({ body, request }) => answer(await signIn(ports, body, request))),
    bind(logout, async ({ session }) => {
      const { userId, sessionId } = session;
      const ended = await ports.database.write(ACCOUNTS, (trx) =>
        deleteSessions(trx, { userId, only: sessionId }),
      );
      await forgetSessions(ports, ended);
      return { headers: { 'Set-Cookie': sessionCookie(ports.config, '') } };
    }),
    bind(resetRoute, async ({ body, request }) => {
      await resetPassword(ports, body, request.address);
      return {};
    }),
    bind(installation, async () => {
      const fresh = await isFresh(ports.database.read(ACCOUNTS));
      const { production, registration } = ports.config;
      return {
        body: {
          fresh,
          registration,
          setupTokenRequired: fresh && production,
          ai: ports.ai !== null,
          knowledgeVersion: await knowledgeVersion(),
        },
      };
    }),
    bind(getMe, async ({ session }) => ({ body: { ...toUser(session), csrfToken: session.csrfToken } })),
  ];
}
