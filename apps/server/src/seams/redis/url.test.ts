import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRedisUrl, RedisUrlError } from './url.ts';

describe('the URL of Redis', () => {
  it('names one server, with its defaults', () => {
    expect(parseRedisUrl('redis://cache')).toMatchObject({
      shape: 'single',
      hosts: [{ host: 'cache', port: 6379 }],
      password: undefined,
      db: 0,
      tls: null,
      prefix: 'mozarela',
    });
    expect(parseRedisUrl('redis://vet:p%40ss%3A%2F@[::1]:7000/3?prefix=north')).toMatchObject({
      hosts: [{ host: '::1', port: 7000 }],
      username: 'vet',
      password: 'p@ss:/',
      db: 3,
      prefix: 'north',
    });
  });

  it('names Sentinels and their master', () => {
    const url = 'redis+sentinel://:secret@s1:1001,s2,s3:1003/mymaster?sentinelPassword=other&db=2';
    expect(parseRedisUrl(url)).toMatchObject({
      shape: 'sentinel',
      hosts: [
        { host: 's1', port: 1001 },
        { host: 's2', port: 26_379 },
        { host: 's3', port: 1003 },
      ],
      masterName: 'mymaster',
      username: undefined,
      password: 'secret',
      sentinelPassword: 'other',
      db: 2,
    });
  });

  it('names nodes of a Cluster and the authority of its certificates', () => {
    const directory = mkdtempSync(join(tmpdir(), 'mozarela-'));
    const file = join(directory, 'ca.pem');
    writeFileSync(file, 'certificate');
    expect(parseRedisUrl(`rediss+cluster://n1:1,n2:2?ca=${file}`)).toMatchObject({
      shape: 'cluster',
      hosts: [
        { host: 'n1', port: 1 },
        { host: 'n2', port: 2 },
      ],
      tls: { ca: 'certificate' },
    });
    rmSync(directory, { recursive: true });
    expect(parseRedisUrl('rediss://cache').tls).toEqual({});
  });

  it.each([
    'http://cache',
    'redis://',
    'redis://:se/cret@cache',
    'redis://:%zz@cache',
    'redis://a,b',
    'redis://cache:port',
    'redis://cache/x',
    'redis+sentinel://:secret@s1',
    'redis+cluster://n1/2',
    'redis://cache?tls=no',
    'redis://cache?prefix={x}',
    'rediss://cache?ca=/no/such/file',
  ])('is refused as %s, without being quoted', (url) => {
    const attempt = () => parseRedisUrl(url);
    expect(attempt).toThrow(RedisUrlError);
    expect(attempt).not.toThrow(/cret|cache|no\/such/);
  });
});
