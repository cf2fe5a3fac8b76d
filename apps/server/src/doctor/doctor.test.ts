import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startAiPeer } from '../../../../testbed/ai-peer.ts';
import { reservePort } from '../../../../testbed/ports.ts';
import { ACCOUNTS } from '../seams/database/port.ts';
import { sqliteDatabase } from '../seams/database/sqlite.ts';
import { examine } from './check.ts';
import { explain } from './explain.ts';

const MAIN = new URL('../main.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'mozarela-doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));

const doctor = (dataDir: string, env: Record<string, string> = {}) =>
  new Promise<{ code: number; lines: string[]; stderr: string }>((resolve) => {
    const settings = { PATH: process.env.PATH, MOZARELA_DATA_DIR: dataDir, ...env };
    execFile(process.execPath, [MAIN, 'doctor'], { env: settings }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, lines: stdout.trimEnd().split('\n'), stderr }),
    );
  });

describe('mozarela doctor', () => {
  it('tries every embedded part and leaves nothing behind', async () => {
    const dataDir = join(folder, 'sound');
    const database = sqliteDatabase(dataDir);
    await database.migrate();
    const { code, lines, stderr } = await doctor(dataDir);
    expect([code, stderr, lines.at(-1)]).toEqual([0, '', 'Everything works.']);
    expect(lines.filter((line) => line.startsWith('ok  ')).map((line) => line.split(/ +/)[1])).toEqual(
      expect.arrayContaining(['database', 'limits', 'cache', 'hints', 'queue', 'files', 'events']),
    );
    expect(await database.read(ACCOUNTS).selectFrom('clinics').selectAll().execute()).toEqual([]);
    await database.close();
  });

  it('says what to do about a database without tables', async () => {
    const { code, lines } = await doctor(join(folder, 'fresh'));
    expect([code, lines.at(-1)]).toEqual([1, '1 part(s) do not work.']);
    expect(lines[0]).toBe('FAIL  database (sqlite): the tables are not there: run `migrate`.');
  });

  it('says what is wrong with a folder that is none, and with servers that are not there', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const unusable = await doctor(file);
    expect([unusable.code, unusable.lines.length, unusable.lines[0]]).toEqual([
      1,
      1,
      expect.stringMatching(/^FAIL {2}start: /),
    ]);
    const secret = 'planted-password';
    const away = await doctor(join(folder, 'away'), {
      DATABASE_URL: `postgres://vet:${secret}@127.0.0.1:1/vet`,
      REDIS_URL: `redis://:${secret}@127.0.0.1:1`,
    });
    expect(away.code).toBe(1);
    expect(away.lines[0]).toBe(
      'FAIL  database (postgres): nothing listens at that address and port. Look at DATABASE_URL: host, port, user, password, database, sslmode.',
    );
    expect(away.lines.filter((line) => /^FAIL {2}(limits|cache|hints) \(redis/.test(line))).toHaveLength(3);
    expect(away.lines.join() + away.stderr).not.toContain(secret);
  });
});

describe('a provider of a language model', () => {
  const run = async (dataDir: string, url: string, key: string) => {
    const { code, lines } = await doctor(dataDir, {
      GOOGLE_API_KEY: key,
      GOOGLE_API_BASE_URL: url,
      AI_MODEL: 'model-a',
    });
    return { code, line: lines.find((line) => / ai \(/.test(line)) };
  };

  it('is asked whether it takes the key, in words that name the setting when it does not', async () => {
    await using peer = await startAiPeer();
    const dataDir = join(folder, 'ai');
    const database = sqliteDatabase(dataDir);
    await database.migrate();
    await database.close();
    const sound = await run(dataDir, peer.geminiUrl, peer.key);
    expect([sound.code, sound.line]).toEqual([
      0,
      expect.stringMatching(/^ok {4}ai \(gemini\): took the key/),
    ]);
    expect(peer.requests).toEqual([]);
    const wrong = await run(dataDir, peer.geminiUrl, 'planted-wrong-key');
    expect(wrong.code).toBe(1);
    expect(wrong.line).toMatch(/^FAIL {2}ai \(gemini\): .*does not accept the key.*GOOGLE_API_KEY/);
    expect(wrong.line).not.toContain('planted');
    const away = await run(dataDir, `http://127.0.0.1:${await reservePort()}`, peer.key);
    expect(away.line).toMatch(/^FAIL {2}ai \(gemini\): The AI provider cannot be reached\. Look at/);
  });
});

describe('an explanation', () => {
  it('looks through wrappers for what it knows', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(explain(new Error('unavailable', { cause: new AggregateError([refused]) }))).toBe(
      'nothing listens at that address and port',
    );
    expect(explain(Object.assign(new Error('x'), { code: '28P01' }))).toBe('the password is wrong');
    expect(explain(new Error('something\n  else'))).toBe('something else');
  });

  it('comes with advice, as a finding', async () => {
    const run = () => Promise.reject(new Error('it is broken'));
    expect(await examine({ part: 'part', adapter: 'kind', advice: 'Look at PART.', run })).toEqual({
      part: 'part',
      adapter: 'kind',
      works: false,
      text: 'it is broken. Look at PART.',
    });
  });
});
