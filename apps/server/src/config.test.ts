import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from './config.ts';

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    parseConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('settings', () => {
  it('have defaults that need nothing', () => {
    expect(parseConfig({})).toMatchObject({
      production: false,
      http: { host: '127.0.0.1', port: 3001 },
      cookie: { secure: false, sameSite: 'Lax' },
      limits: { api: { max: 120, windowMs: 60_000 }, admin: { max: 30 }, loginAccount: { max: 5 } },
    });
    expect(parseConfig({ NODE_ENV: 'production' })).toMatchObject({
      http: { host: '0.0.0.0' },
      cookie: { secure: true },
    });
  });

  it('are refused all at once, by name and never by value', () => {
    const problems = problemsOf({
      PORT: 'secret-value',
      MOZARELA_MOOD: 'secret-value',
      MOZARELA_SECRET: 'secret-value',
      COOKIE_SAMESITE: 'none',
      API_ALLOWED_ORIGIN: '*',
      SESSION_TTL_MS: '-1',
      LOG_LEVEL: 'secret-value',
    });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'API_ALLOWED_ORIGIN',
      'COOKIE_SAMESITE',
      'LOG_LEVEL',
      'MOZARELA_MOOD',
      'MOZARELA_SECRET',
      'PORT',
      'SESSION_TTL_MS',
    ]);
    expect(problems.join()).not.toContain('secret-value');
  });

  it('can each come from a file', () => {
    const directory = mkdtempSync(join(tmpdir(), 'mozarela-'));
    writeFileSync(join(directory, 'secret'), `${'s'.repeat(40)}\n`);
    expect(parseConfig({ MOZARELA_SECRET_FILE: join(directory, 'secret') }).secret).toBe('s'.repeat(40));
    expect(problemsOf({ MOZARELA_SECRET_FILE: join(directory, 'missing') })).toHaveLength(1);
    rmSync(directory, { recursive: true });
  });

  it('of parts that are not embedded are named, and the cluster mode is refused', () => {
    expect(parseConfig({ REDIS_URL: 'redis://x' }).unused).toEqual(['REDIS_URL']);
    expect(problemsOf({ MOZARELA_MODE: 'cluster' })).toHaveLength(1);
  });
});
