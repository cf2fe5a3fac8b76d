import { changePassword, createReset, requirePassword } from './passwords.ts';
import { deleteSessions, findAccount, sessionLives } from './queries.ts';
import { toUser } from './service.ts';
import { forgetClinic, forgetPerson, forgetSessions } from './session-cache.ts';

/** What other features need of accounts; handed to them by api.ts. */
export const accountActions = {
  changePassword,
  createReset,
  deleteSessions,
  findAccount,
  forgetClinic,
  forgetPerson,
  forgetSessions,
  requirePassword,
  sessionLives,
  toUser,
};
export type AccountActions = typeof accountActions;
