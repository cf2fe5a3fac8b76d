/**
 * Argon2id (and bcrypt of imported accounts), off the event loop and never more than a few at once: each takes 19 MiB
 * and a core. Who waits too long is better told to come back.
 */
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';
import { AppError } from '../../http/errors.ts';

const SLOTS = Math.min(4, Math.max(2, availableParallelism()));
/** About two seconds of work. */
const MAX_WAITING = 256;

let busy = 0;
const waiting: (() => void)[] = [];

async function inSlot<T>(work: () => Promise<T>): Promise<T> {
  if (busy < SLOTS) busy += 1;
  else {
    if (waiting.length >= MAX_WAITING)
      throw new AppError('unavailable', {
        detail: 'Too many sign-ins at once',
        headers: { 'Retry-After': '3' },
      });
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }
}

/** OWASP's minimum for argon2id (19 MiB, 2 passes), which is the library's default. */
export const hashPassword = (password: string): Promise<string> =>
  inSlot(() => hash(password.normalize('NFKC')));

/** What the original system stored; the salt and hash are 53 characters, a cost above 15 would take seconds. */
const BCRYPT = /^\$2[abxy]?\$(?:0[4-9]|1[0-5])\$[./A-Za-z0-9]{53}$/;

/** Whether a stored hash is bcrypt: it still opens the account, and is replaced when it does. */
export const isBcrypt = (stored: string): boolean => BCRYPT.test(stored);

let decoy: Promise<string> | undefined;

/**
 * Does the same work when there is no hash, so that the time does not tell whether the account exists. (A bcrypt hash
 * takes its own time, until its owner has signed in once.)
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hash('no account has this password');
  const against = stored ?? (await decoy);
  const matches = isBcrypt(against)
    ? () => verifyBcrypt(password, against.replace(/^\$2\$/, '$2a$'))
    : () => verify(against, password.normalize('NFKC'));
  return (await inSlot(matches)) && stored !== null;
}
