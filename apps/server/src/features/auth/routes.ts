import { getMe, login, logout, register } from '@mozarela/contract/auth';
import { type Binding, bind } from '../../http/bind.ts';
import { sessionCookie } from '../../http/session.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { deleteSession } from './queries.ts';
import { registerAccount, type SignedIn, signIn, toUser } from './service.ts';

export function authRoutes(ports: Ports): Binding[] {
  const answer = ({ token, ...body }: SignedIn) => ({
    body,
    headers: { 'Set-Cookie': sessionCookie(ports.config, token) },
  });
  return [
    bind(register, async ({ body, request }) => answer(await registerAccount(ports, body, request))),
    bind(login, async ({ body, request }) => answer(await signIn(ports, body, request))),
    bind(logout, async ({ session }) => {
      await ports.database.write(ACCOUNTS, (trx) => deleteSession(trx, session.sessionId));
      return { headers: { 'Set-Cookie': sessionCookie(ports.config, '') } };
    }),
    bind(getMe, async ({ session }) => ({ body: { ...toUser(session), csrfToken: session.csrfToken } })),
  ];
}
