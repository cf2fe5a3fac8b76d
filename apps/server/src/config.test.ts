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

  it('of an unknown kind of server are refused, and what this build does not do is named', () => {
    expect(parseConfig({ METRICS_PORT: '9100' }).metricsPort).toEqual({ port: 9100, required: true });
    expect(parseConfig({ MOZARELA_MODE: 'single', METRICS_PORT: 'off' }).metricsPort).toBeNull();
    expect(problemsOf({ METRICS_PORT: '99999' })).toHaveLength(1);
    expect(parseConfig({ SENTRY_DSN: 'https://x.example/1' }).unused).toEqual(['SENTRY_DSN']);
    expect(problemsOf({ DATABASE_URL: 'mysql://x', REDIS_URL: 'http://x', AMQP_URL: 'x' })).toHaveLength(3);
  });

  it('of Redis are read whole, and what is wrong is told without the password', () => {
    const [problem, ...others] = problemsOf({ REDIS_URL: 'redis://:secret@a,b' });
    expect(problem).toMatch(/^REDIS_URL names several hosts/);
    expect(problem).not.toContain('secret');
    expect(others).toEqual([]);
  });

  it('choose the parts one by one in single mode', () => {
    expect(parseConfig({}).parts).toEqual({
      database: null,
      redisUrl: null,
      s3: null,
      amqpUrl: null,
      ai: null,
    });
    const { parts } = parseConfig({
      DATABASE_URL: 'postgres://u:p@db/mozarela',
      DATABASE_REPLICA_URLS: 'postgres://r1/m, postgres://r2/m',
    });
    expect(parts.database).toEqual({
      url: 'postgres://u:p@db/mozarela',
      directUrl: null,
      replicaUrls: ['postgres://r1/m', 'postgres://r2/m'],
    });
    expect(problemsOf({ DATABASE_URL: 'postgres://h1,h2/m' })).toEqual([
      'DATABASE_URL must name one host: a pooler or a name that follows the primary takes several',
    ]);
    expect(problemsOf({ DATABASE_REPLICA_URLS: 'postgres://r1/m', S3_BUCKET: 'b' })).toHaveLength(2);
  });

  it('of a cluster name everything that is missing at once', () => {
    const named = (env: Record<string, string>) =>
      problemsOf({ MOZARELA_MODE: 'cluster', ...env }).map((problem) => problem.split(' ')[0]);
    expect(named({})).toEqual(['DATABASE_URL', 'REDIS_URL', 'S3_ENDPOINT', 'AMQP_URL', 'MOZARELA_SECRET']);
    expect(named({ DATABASE_URL: 'file:x', S3_ENDPOINT: 'http://s3' }).sort()).toEqual([
      'AMQP_URL',
      'DATABASE_URL',
      'MOZARELA_SECRET',
      'REDIS_URL',
      'S3_ACCESS_KEY_ID',
      'S3_BUCKET',
      'S3_SECRET_ACCESS_KEY',
    ]);
    const whole = {
      MOZARELA_MODE: 'cluster',
      MOZARELA_SECRET: 's'.repeat(32),
      DATABASE_URL: 'postgres://db/mozarela',
      REDIS_URL: 'redis+cluster://:p@r1:7000,r2:7001,r3:7002',
      AMQP_URL: 'amqps://u:p@mq/mozarela',
      S3_ENDPOINT: 'https://s3.example',
      S3_BUCKET: 'b',
      S3_ACCESS_KEY_ID: 'k',
      S3_SECRET_ACCESS_KEY: 's',
    };
    expect(parseConfig(whole)).toMatchObject({
      mode: 'cluster',
      metricsPort: { port: 9464, required: false },
      parts: { ai: null },
    });
  });

  it('that are URLs are read to their last parameter, and all that is wrong is said at once, without a value', () => {
    const problems = problemsOf({
      DATABASE_URL: 'postgres://u:planted@db/m?sslmode=require',
      DATABASE_DIRECT_URL: 'postgres://u:planted@db/m?sslmode=verify-full&sslrootcert=/nowhere/planted.pem',
      DATABASE_REPLICA_URLS:
        'postgres://u:planted@r1/m postgres://u:planted@r2/m?sslrootcert=/nowhere/planted.pem',
      REDIS_URL: 'rediss://:planted@cache?ca=/nowhere/planted.pem',
      AMQP_URL: 'amqps://u:planted@mq/m?cacertfile=/nowhere/planted.pem',
    });
    expect(problems).toEqual([
      expect.stringMatching(/^DATABASE_URL .*sslmode/),
      'DATABASE_DIRECT_URL names an sslrootcert file that cannot be read',
      'DATABASE_REPLICA_URLS has sslrootcert, which needs sslmode=verify-full',
      'REDIS_URL names a ca file that cannot be read',
      'AMQP_URL names a cacertfile that cannot be read',
    ]);
    expect(problems.join()).not.toContain('planted');
  });

  it('of a language model go together', () => {
    expect(parseConfig({ GOOGLE_API_KEY: 'k' }).parts.ai).toMatchObject({
      provider: 'gemini',
      baseUrl: null,
    });
    expect(
      parseConfig({ OPENAI_BASE_URL: 'http://localhost:11434/v1', AI_MODEL: 'm' }).parts.ai,
    ).toMatchObject({
      provider: 'openai',
      apiKey: null,
      model: 'm',
    });
    expect(problemsOf({ OPENAI_API_KEY: 'k' })).toHaveLength(1);
    expect(problemsOf({ OPENAI_API_KEY: 'k', GOOGLE_API_KEY: 'k', AI_MODEL: 'm' })).toHaveLength(1);
  });
});
