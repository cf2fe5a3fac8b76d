import { changePassword, createReset, requirePassword } from './passwords.ts';
import { toUser } from './service.ts';

/** What other features need of accounts; handed to them by api.ts. */
export const accountActions = { changePassword, createReset, requirePassword, toUser };
export type AccountActions = typeof accountActions;
