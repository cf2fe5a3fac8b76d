/** The program from the command line: its roles, its refusals, its signals. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from './support/server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the command line', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mozarela-roles-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const mozarela = (args: string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, ['apps/server/src/main.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, MOZARELA_DATA_DIR: dataDir, ...env },
    });

  it('names every wrong setting at once and never a value', () => {
    const { status, stderr } = mozarela([], {
      PORT: 'secret-port',
      MOZARELA_TYPO: 'x',
      SESSION_TTL_MS: '-1',
    });
    expect(status).toBe(1);
    for (const name of ['PORT', 'MOZARELA_TYPO', 'SESSION_TTL_MS']) expect(stderr).toContain(name);
    expect(stderr).not.toContain('secret-port');
  });

  it('stops cleanly when npm is told to stop', async () => {
    const npm = spawn('npm', ['start'], {
      cwd: root,
      env: { ...process.env, PORT: '0', MOZARELA_DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    npm.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('"listening"') && !npm.killed) npm.kill('SIGTERM');
    });
    await once(npm.stdout, 'close');
    expect(output).toContain('"stopped"');
  });

  it('names its roles when asked for one it has not', () => {
    const { status, stderr } = mozarela(['fly']);
    expect(status).toBe(2);
    for (const role of ['all', 'api', 'worker', 'migrate', 'create-admin', 'reset-password'])
      expect(stderr).toContain(role);
  });

  it('does nothing when it is called with words it does not know, and says how it is called', () => {
    for (const args of [
      ['migrate', '--dry-run'],
      ['doctor', 'all'],
      ['rebuild', '--chek'],
      ['move', '--to'],
      ['import'],
      ['create-admin', 'nobody'],
      ['reset-password'],
    ]) {
      const { status, stdout, stderr } = mozarela(args, { MOZARELA_DATA_DIR: join(dataDir, 'untouched') });
      expect([args, status, stdout]).toEqual([args, 1, '']);
      expect([args, stderr.trimEnd().split('\n').length]).toEqual([args, 1]);
      expect(stderr).toMatch(/^(Usage: |\w+ takes no more words)/);
    }
    expect(existsSync(join(dataDir, 'untouched'))).toBe(false);
  });

  it('makes an administrator, whose link sets the password, and helps who forgot it', async () => {
    const created = mozarela(['create-admin', 'boss@clinic.example', 'The Boss']);
    expect([created.status, created.stderr]).toEqual([0, '']);
    const server = await startServer({ dataDir });
    const post = (path: string, body: unknown) =>
      fetch(server.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const password = 'brisk-heron-under-lamp';
    const reset = async (output: string, next: string) => {
      const token = /#([\w-]+)/.exec(output)?.[1];
      return (await post('/api/auth/reset', { token, password: next })).status;
    };
    expect(await reset(created.stdout, password)).toBe(204);
    const signedIn = await post('/api/auth/login', { email: 'boss@clinic.example', password });
    expect(((await signedIn.json()) as { user: { isAdmin: boolean } }).user.isAdmin).toBe(true);
    const again = mozarela(['reset-password', 'boss@clinic.example']);
    expect(await reset(again.stdout, 'second-heron-under-lamp')).toBe(204);
    expect(mozarela(['reset-password', 'nobody@clinic.example']).status).toBe(1);
    expect(await server.stop()).toBe(0);
  });
});
