/** `reset-password <e-mail>`: prints a one-time link, valid for an hour, for somebody who cannot sign in any more. */
import { email as emailSchema } from '@mozarela/contract/auth';
import type { Config } from '../config.ts';
import { createContainer } from '../container.ts';
import { createReset } from '../features/auth/passwords.ts';
import { findByEmail } from '../features/auth/queries.ts';
import { iso } from '../lib/time.ts';
import { UsageError } from '../lib/usage.ts';
import { ACCOUNTS } from '../seams/database/port.ts';

export async function start(config: Config, [email]: string[]): Promise<void> {
  const parsed = emailSchema.safeParse(email);
  if (!parsed.success) throw new UsageError('Usage: reset-password <e-mail>');
  const container = await createContainer(config);
  try {
    const { token, expiresAt } = await container.database.write(ACCOUNTS, async (trx) => {
      const account = await findByEmail(trx, parsed.data);
      if (!account) throw new Error('There is no account with this e-mail.');
      return createReset(trx, account.userId, null, container.now());
    });
    process.stdout.write(`/reset#${token} is valid until ${iso(expiresAt)}.\n`);
  } finally {
    await container.close();
  }
}
