/** The token that proves who registers first in production is who can read the server's log. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Ports } from '../../ports.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { isFresh } from './queries.ts';

/** For installations without a shared secret: a new one each start. */
const ownSecret = randomBytes(32).toString('base64url');

const setupToken = ({ config }: Ports): string =>
  createHmac('sha256', config.secret ?? ownSecret)
    .update('setup')
    .digest('base64url')
    .slice(0, 32);

export function isSetupToken(ports: Ports, sent: string | undefined): boolean {
  const expected = Buffer.from(setupToken(ports));
  const given = Buffer.from(sent ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Tells the operator, in production only, how to register the first account. */
export async function announceSetup(ports: Ports): Promise<void> {
  if (ports.config.production && (await isFresh(ports.database.read(ACCOUNTS))))
    ports.log.warn(
      { setupToken: setupToken(ports) },
      'no account yet: the first one needs this set-up token',
    );
}
