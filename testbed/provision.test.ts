import { afterEach, expect, test, vi } from 'vitest';
import { provide } from './provision.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test('without the program and without root it names the packages and the other way', async () => {
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  vi.stubEnv('PATH', '');
  await expect(provide('redis')).rejects.toThrow(
    'The test bed needs redis: apt-get install redis-server, or name a running server in TESTBED_REDIS_URL.',
  );
});

test('gives paths of programs, and only of those it provides', async () => {
  const programs = await provide('openssl');
  expect(programs('openssl')).toMatch(/^\/.*\/openssl$/);
  expect(() => programs('openssh')).toThrow('openssh is no program of openssl');
});
