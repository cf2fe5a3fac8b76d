/**
 * Argon2id, off the event loop and never more than a few at once: each takes 19 MiB and a core. Who waits too long
 * is better told to come back.
 */
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
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

let decoy: Promise<string> | undefined;

/** Does the same work when there is no hash, so that the time does not tell whether the account exists. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hash('no account has this password');
  const against = stored ?? (await decoy);
  return (await inSlot(() => verify(against, password.normalize('NFKC')))) && stored !== null;
}
