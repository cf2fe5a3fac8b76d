import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../config.ts';
import { type Container, createContainer } from '../../container.ts';
import type { Ports } from '../../ports.ts';
import type { Cache } from '../../seams/cache/port.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';
import { hashPassword } from './hashing.ts';
import { deleteSessions } from './queries.ts';
import { authenticateToken, registerAccount, signIn } from './service.ts';
import { forgetClinic, forgetPerson, forgetSessions } from './session-cache.ts';

const MINUTE = 60_000;
const client = { address: '127.0.0.1', userAgent: '' };

describe('a session read by requests', () => {
  let directory: string;
  let container: Container;
  let passed: number;
  let reads: number;
  let writes: number;
  let ports: Ports;
  let token: string;
  let userId: string;
  let clinicId: string;

  const portsWith = (cache: Partial<Cache>): Ports => ({ ...ports, cache: { ...ports.cache, ...cache } });
  const lost = () => Promise.reject(new Error('lost'));
  const isAdmin = async (by = ports) => (await authenticateToken(by, token))?.isAdmin;
  const setAdmin = (flag: 0 | 1) =>
    container.database.write(ACCOUNTS, (trx) =>
      trx.updateTable('users').set({ is_admin: flag }).where('id', '=', userId).execute(),
    );

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'mozarela-test-'));
    [passed, reads, writes] = [0, 0, 0];
    const config = parseConfig({ MOZARELA_DATA_DIR: directory, LOG_LEVEL: 'silent' });
    container = await createContainer(config, { now: () => Date.now() + passed });
    const { database } = container;
    await database.migrate();
    ports = {
      ...container,
      database: {
        ...database,
        read(scope) {
          reads += 1;
          return database.read(scope);
        },
        write(scope, work) {
          writes += 1;
          return database.write(scope, work);
        },
      },
    };
    const input = { fullName: 'Ana', email: 'ana@example.org', password: 'gentle-otter-plays-oboe-42' };
    const signedIn = await registerAccount(container, input, client);
    token = signedIn.token;
    userId = signedIn.user.id;
    clinicId = signedIn.user.clinic.id;
  });
  afterEach(async () => {
    await container.close();
    rmSync(directory, { recursive: true });
  });

  it('costs the first request one query, the next ones of half a minute none', async () => {
    const first = await authenticateToken(ports, token);
    expect([reads, writes]).toEqual([1, 0]);
    for (let n = 0; n < 10; n += 1) expect(await authenticateToken(ports, token)).toEqual(first);
    expect([reads, writes]).toEqual([1, 0]);
    passed = MINUTE / 2 + 1;
    await authenticateToken(ports, token);
    expect(reads).toBe(2);
  });

  it('notes its use once a minute', async () => {
    for (let second = 0; second < 130; second += 10) {
      passed = second * 1000;
      await authenticateToken(ports, token);
    }
    expect(writes).toBe(2);
  });

  it('is never served beyond its end, nor one that nobody knows', async () => {
    passed = ports.config.sessionTtlMs - 5_000;
    expect(await authenticateToken(ports, token)).not.toBeNull();
    passed = ports.config.sessionTtlMs + 1;
    expect(await authenticateToken(ports, token)).toBeNull();
    expect(await authenticateToken(ports, 'A'.repeat(43))).toBeNull();
  });

  it('is refused as soon as it was ended', async () => {
    await authenticateToken(ports, token);
    const ended = await container.database.write(ACCOUNTS, (trx) => deleteSessions(trx, { userId }));
    expect(ended).toHaveLength(1);
    expect(await authenticateToken(ports, token)).not.toBeNull();
    await forgetSessions(ports, ended);
    expect(await authenticateToken(ports, token)).toBeNull();
  });

  it.each([
    ['the person', () => forgetPerson(ports, userId)],
    ['the clinic', () => forgetClinic(ports, clinicId)],
  ])('shows a change at once when %s is forgotten', async (_who, forget) => {
    expect(await isAdmin()).toBe(true);
    await setAdmin(0);
    await forget();
    expect(await isAdmin()).toBe(false);
    await setAdmin(1);
    await forget();
    expect(await isAdmin()).toBe(true);
  });

  it('is not brought back by who read it before the end and fills the cache after it', async () => {
    const gate = Promise.withResolvers<void>();
    const filled: Promise<boolean>[] = [];
    const slow = portsWith({
      add(...entry) {
        const done = gate.promise.then(() => ports.cache.add(...entry));
        filled.push(done);
        return done;
      },
    });
    expect(await isAdmin(slow)).toBe(true);
    await setAdmin(0);
    await forgetPerson(ports, userId);
    gate.resolve();
    expect(await Promise.all(filled)).toEqual([false]);
    expect(await isAdmin()).toBe(false);
  });

  it('comes from the database when the cache is lost, and was never trusted after it broke', async () => {
    const without = portsWith({ get: lost, add: lost, set: lost });
    expect(await isAdmin(without)).toBe(true);
    await setAdmin(0);
    expect(await isAdmin(without)).toBe(false);
    await setAdmin(1);
    expect(await isAdmin()).toBe(true);
    await setAdmin(0);
    // Whoever sees the cache come back cannot know which revocations it missed.
    expect(await isAdmin(portsWith({ brokenAt: Date.now() }))).toBe(false);
    expect(await isAdmin(portsWith({ brokenAt: Date.now() - MINUTE }))).toBe(true);
  });

  it('does not begin with a password that is changed meanwhile', async () => {
    const changed = await hashPassword('brisk-heron-under-lamp-77');
    const { database } = container;
    let changes = 0;
    const racing: Ports = {
      ...ports,
      database: {
        ...database,
        async write(scope, work) {
          changes += 1;
          await database.write(ACCOUNTS, (trx) =>
            trx.updateTable('users').set({ password_hash: changed }).where('id', '=', userId).execute(),
          );
          return database.write(scope, work);
        },
      },
    };
    const input = { email: 'ana@example.org', password: 'gentle-otter-plays-oboe-42' };
    await expect(signIn(racing, input, client)).rejects.toThrow('invalid_credentials');
    expect(changes).toBe(1);
    const good = { ...input, password: 'brisk-heron-under-lamp-77' };
    expect((await signIn(ports, good, client)).user.id).toBe(userId);
  });

  it('is forgotten later when the cache does not take it at first', async () => {
    expect(await isAdmin()).toBe(true);
    await setAdmin(0);
    let refusals = 2;
    const told = Promise.withResolvers<void>();
    const flaky = portsWith({
      async set(...entry) {
        refusals -= 1;
        if (refusals >= 0) throw new Error('lost');
        await ports.cache.set(...entry);
        told.resolve();
      },
    });
    await forgetPerson(flaky, userId);
    expect(await isAdmin()).toBe(true);
    await told.promise;
    expect(await isAdmin()).toBe(false);
  });
});
