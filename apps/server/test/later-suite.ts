/** What roles do when a later build has migrated; run on each database. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { createContainer } from '../src/container.ts';
import { start } from '../src/roles/all.ts';
import { ACCOUNTS } from '../src/seams/database/port.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;

/** @param settings names a database that nobody else uses; asked once, before the first test */
export function laterBuildSuite(name: string, settings: () => Promise<Record<string, string>>): void {
  describe(`a build older than its database: ${name}`, () => {
    let env: Record<string, string>;
    let folder: string;
    const logs: string[] = [];
    const logTarget = { write: (line: string) => void logs.push(line) };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'mozarela-later-'));
      env = { PORT: '0', MOZARELA_DATA_DIR: folder, ...(await settings()) };
      const container = await createContainer(parseConfig(env), { logTarget });
      await container.database.migrate();
      await container.database.write(ACCOUNTS, (trx) =>
        sql`insert into kysely_migration (name, timestamp) values ('999-later', '2999-01-01T00:00:00.000Z')`.execute(
          trx,
        ),
      );
      await container.close();
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const run = (...args: string[]) =>
      spawnSync(process.execPath, [MAIN, ...args], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, ...env },
      });

    it('starts, serves, and warns', async () => {
      const running = await start(parseConfig(env), [], { logTarget });
      try {
        const registered = await fetch(`${running.url}/api/auth/register`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({
            fullName: 'Old Build',
            email: 'old@build.example',
            password: 'gentle-otter-plays-oboe-42',
          }),
        });
        expect(registered.status).toBe(201);
        expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
      } finally {
        await running.stop();
      }
      const warnings = logs.filter((line) => line.includes('"level":"warn"') && line.includes('999-later'));
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain('a later build has migrated the database');
    });

    it('still makes an administrator', () => {
      const { status, stdout } = run('create-admin', 'boss@clinic.example', 'The Boss');
      expect([status, /\/reset#\S+/.test(stdout)]).toEqual([0, true]);
    });

    it.each(['migrate', 'rebuild'])('refuses to %s, in plain words', (role) => {
      const { status, stderr } = run(role);
      expect([status, stderr.trimEnd().split('\n')]).toEqual([
        1,
        [expect.stringMatching(/^The database was migrated by a later build \(999-later\)/)],
      ]);
    });
  });
}
