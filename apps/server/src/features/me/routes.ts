import { changePassword, deleteMe, exportMe, patchMe } from '@mozarela/contract/auth';
import { type Binding, bind } from '../../http/bind.ts';
import { AppError } from '../../http/errors.ts';
import { sessionCookie } from '../../http/session.ts';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import type { AccountActions } from '../auth/actions.ts';
import { anonymise, changeProfile, personalData } from './service.ts';

export const meRoutes = (
  ports: Ports,
  {
    requirePassword,
    changePassword: change,
    findAccount,
    forgetClinic,
    forgetPerson,
    toUser,
  }: AccountActions,
): Binding[] => [
  bind(patchMe, async ({ body, session }) => {
    const { password, ...profile } = body;
    const present = await findAccount(ports.database.read(ACCOUNTS), session.userId);
    if (profile.email === present?.email) delete profile.email;
    if (profile.email !== undefined) {
      if (password === undefined)
        throw new AppError('validation_failed', {
          errors: [{ path: 'password', message: 'is required to change the e-mail' }],
        });
      await requirePassword(ports, session, 'password', password);
    }
    const next = await changeProfile(ports, findAccount, session.userId, profile);
    await forgetPerson(ports, session.userId);
    if (profile.clinicName !== undefined) await forgetClinic(ports, next.clinicId);
    return { body: { ...toUser(next), csrfToken: session.csrfToken } };
  }),
  bind(changePassword, async ({ body, session }) => {
    await change(ports, session, body);
    return {};
  }),
  bind(deleteMe, async ({ body, session }) => {
    if (body) await requirePassword(ports, session, 'password', body.password);
    const { userId } = session;
    const ended = await ports.database.write(ACCOUNTS, (trx) => anonymise(trx, userId, ports.now()));
    await forgetPerson(ports, userId, ended);
    return { headers: { 'Set-Cookie': sessionCookie(ports.config, '') } };
  }),
  bind(exportMe, async ({ session }) => ({
    body: await personalData(ports.database.read(ACCOUNTS), session),
    headers: { 'Content-Disposition': 'attachment; filename="my-data.json"' },
  })),
];
