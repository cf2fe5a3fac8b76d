/**
 * `create-admin <e-mail> <full name> [clinic]`: an administrator for an installation, with a link to choose the
 * password. An account that exists already is made administrator and keeps its password.
 */
import { email as emailSchema } from '@mozarela/contract/auth';
import type { Config } from '../config.ts';
import { createContainer } from '../container.ts';
import { createReset } from '../features/auth/passwords.ts';
import { findByEmail, insertAccount } from '../features/auth/queries.ts';
import { forgetPerson } from '../features/auth/session-cache.ts';
import { newId } from '../ids.ts';
import { iso } from '../lib/time.ts';
import { UsageError } from '../lib/usage.ts';
import { ACCOUNTS } from '../seams/database/port.ts';
import { readySchema } from './ready-schema.ts';

export async function start(config: Config, [email, fullName, clinicName]: string[]): Promise<void> {
  const parsed = emailSchema.safeParse(email);
  if (!parsed.success || !fullName) throw new UsageError('Usage: create-admin <e-mail> <full name> [clinic]');
  const container = await createContainer(config);
  try {
    await readySchema(container);
    const { line, changed } = await container.database.write(ACCOUNTS, async (trx) => {
      const now = container.now();
      const known = await findByEmail(trx, parsed.data);
      if (known) {
        await trx
          .updateTable('users')
          .set({ is_admin: 1, updated_at: now })
          .where('id', '=', known.userId)
          .execute();
        return { line: `${parsed.data} is an administrator now.`, changed: known.userId };
      }
      const account = { userId: newId(now), clinicId: newId(now), email: parsed.data, fullName };
      const names = { clinicName: clinicName ?? `${fullName}'s clinic`, passwordHash: null };
      await insertAccount(trx, { ...account, ...names }, now);
      await trx.updateTable('users').set({ is_admin: 1 }).where('id', '=', account.userId).execute();
      const { token, expiresAt } = await createReset(trx, account.userId, null, now);
      return { line: `Choose the password at /reset#${token} before ${iso(expiresAt)}.` };
    });
    if (changed) await forgetPerson(container, changed);
    process.stdout.write(`${line}\n`);
  } finally {
    await container.close();
  }
}
