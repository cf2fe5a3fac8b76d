import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean } from './cleanup.ts';
import { parseConfig } from './config.ts';
import { type Container, createContainer } from './container.ts';
import { insertAccount, insertSession } from './features/auth/queries.ts';
import { newId } from './ids.ts';
import { ACCOUNTS } from './seams/database/port.ts';

const HOUR_MS = 3_600_000;

describe('the hourly clean-up', () => {
  let folder: string;
  let container: Container;
  let time = Date.now();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mozarela-cleanup-'));
    const config = parseConfig({ MOZARELA_DATA_DIR: folder, LOG_LEVEL: 'silent' });
    container = await createContainer(config, { now: () => time });
    await container.database.migrate();
  });
  afterAll(async () => {
    await container.close();
    await rm(folder, { recursive: true });
  });

  const cleanNow = () => container.database.write(ACCOUNTS, (trx) => clean(trx, time));

  it('removes sessions that have ended and leaves the others', async () => {
    const [userId, clinicId] = [newId(), newId()];
    const names = { email: 'a@b.example', fullName: 'A', clinicName: 'C', passwordHash: null };
    await container.database.write(ACCOUNTS, async (trx) => {
      await insertAccount(trx, { userId, clinicId, ...names }, time);
      for (const hours of [1, 3])
        await insertSession(trx, {
          id: newId(),
          tokenHash: `hash ${hours}`,
          userId,
          device: 'test',
          now: time,
          expiresAt: time + hours * HOUR_MS,
        });
    });
    expect(await cleanNow()).toMatchObject({ sessions: 0 });
    time += 2 * HOUR_MS;
    expect(await cleanNow()).toMatchObject({ sessions: 1 });
    const left = await container.database
      .read(ACCOUNTS)
      .selectFrom('sessions')
      .select('token_hash')
      .execute();
    expect(left.map((row) => row.token_hash)).toEqual(['hash 3']);
  });
});
