/** The command as an operator runs it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const MAIN = new URL('../main.ts', import.meta.url).pathname;
const SAMPLE = new URL('../../test/fixtures/legacy/sample.db', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'mozarela-import-role-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = { PATH: process.env.PATH, MOZARELA_DATA_DIR: join(folder, 'data') };
    execFile(process.execPath, [MAIN, 'import', ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

describe('mozarela import', () => {
  it('reports on the standard output and into a file, and ends with 0', async () => {
    const target = join(folder, 'report.json');
    const { code, stdout, stderr } = await run(SAMPLE, '--report', target);
    expect([code, stderr]).toEqual([0, 'users: 7 of 7\ncases: 31 of 31\n']);
    expect(stdout).toContain('Every row is accounted for');
    expect(stdout).toContain('cases "flat-1": imported. a case in the older flat format');
    const report = JSON.parse(readFileSync(target, 'utf8'));
    expect(report.tables.cases).toEqual({ read: 31, imported: 31, already: 0, kept: 0, dropped: 0 });
    expect(report.lines.length).toBeGreaterThan(31);
  });

  it('says in a line what is wrong, and ends with 1', async () => {
    const other = join(folder, 'letter.txt');
    writeFileSync(other, 'Dear colleague, '.repeat(100));
    expect(await run()).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Usage: import/) });
    expect(await run(SAMPLE, '--raport', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Usage/),
    });
    const { code, stderr } = await run(other);
    expect([code, stderr.split('\n').length]).toEqual([1, 2]);
    expect(stderr).toContain('cannot be read as a SQLite database');
  });
});
