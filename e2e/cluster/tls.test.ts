/** The whole program on a PostgreSQL and a Redis that speak TLS only: verify-full, with the authority as a file. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../../testbed/postgres.ts';
import { type SingleRedis, startRedis } from '../../testbed/redis.ts';
import { createAuthority } from '../../testbed/tls.ts';
import { removeData, startServer } from '../support/server.ts';
import { registerVet } from '../support/vet.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PASSWORD = 'planted/secret';
const REFUSED = 'its certificate is signed by an unknown CA: name it';

describe('PostgreSQL and Redis behind TLS', () => {
  let postgres: Postgres;
  let redis: SingleRedis;
  /** Of an authority that signed nothing here, with the same name. */
  let strangerCa: string;

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([
      startPostgres({ tls: true }),
      startRedis({ tls: true, password: PASSWORD }),
    ]);
    strangerCa = (await createAuthority()).caFile;
  });
  afterAll(async () => {
    await redis?.stop();
    await postgres?.stop();
  });

  const databaseUrl = (ca = postgres.authority?.caFile ?? '') => {
    const url = new URL(postgres.url());
    url.searchParams.set('sslrootcert', ca);
    return url.href;
  };
  const redisUrl = (ca = redis.caFile ?? '') => {
    const host = `${redis.host}:${redis.port}`;
    return `rediss://:${encodeURIComponent(PASSWORD)}@${host}?ca=${encodeURIComponent(ca)}`;
  };
  const mozarela = (role: string, env: Record<string, string>) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['apps/server/src/main.ts', role], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 60_000,
      env: { PATH: process.env.PATH, ...env },
    });
    return { status, output: stdout + stderr };
  };
  const secrets = () => [postgres.password, PASSWORD, encodeURIComponent(PASSWORD)];

  it('keep a person and a case, and the doctor is content', async () => {
    const settings = { DATABASE_URL: databaseUrl(), REDIS_URL: redisUrl() };
    expect(settings.DATABASE_URL).toContain('sslmode=verify-full');
    const server = await startServer({ env: settings });
    try {
      const vet = await registerVet(server.url);
      const created = await vet.request('POST', '/api/cases', { species: 'dog', clinicalSigns: 'Coughing.' });
      expect(created.status).toBe(201);
      const { id } = (await created.json()) as { id: string };
      const rows = await postgres.primary.query<{ id: string }>('select id from cases', 'mozarela');
      expect(rows).toEqual([{ id }]);
      const health = await (await fetch(`${server.url}/healthz`)).json();
      expect(health).toMatchObject({
        status: 'ok',
        checks: { database: { status: 'ok' }, cache: { status: 'ok' } },
      });
      const { status, output } = mozarela('doctor', { ...settings, MOZARELA_DATA_DIR: server.dataDir });
      expect([status, output]).toEqual([0, expect.stringContaining('Everything works.')]);
      for (const secret of secrets()) expect(server.output() + output).not.toContain(secret);
    } finally {
      await server.stop();
      await removeData(server);
    }
  });

  it('are refused in plain words when another authority signed their certificates', async () => {
    const env = { DATABASE_URL: databaseUrl(strangerCa), REDIS_URL: redisUrl(strangerCa) };
    const { status, output } = mozarela('doctor', env);
    expect(status).toBe(1);
    expect(output).toContain(`FAIL  database (postgres): ${REFUSED}`);
    for (const part of ['limits (redis single)', 'cache (redis single)', 'queue (bullmq single)'])
      expect(output).toContain(`FAIL  ${part}: ${REFUSED}`);
    for (const secret of secrets()) expect(output).not.toContain(secret);
  });

  it('end the start when the database cannot be trusted, without its password in the output', () => {
    const { status, output } = mozarela('all', { DATABASE_URL: databaseUrl(strangerCa), PORT: '0' });
    expect(status).toBe(1);
    expect(output).toContain(`${REFUSED}. \`doctor\` looks at every part.`);
    expect(output).not.toContain('    at ');
    for (const secret of secrets()) expect(output).not.toContain(secret);
  });

  it('are named when the file of the authority is not there', () => {
    const nowhere = '/nowhere/ca.pem';
    const { status, output } = mozarela('doctor', {
      DATABASE_URL: databaseUrl(nowhere),
      REDIS_URL: redisUrl(nowhere),
    });
    expect(status).toBe(1);
    expect(output).toContain('DATABASE_URL names an sslrootcert file that cannot be read');
    expect(output).toContain('REDIS_URL names a ca file that cannot be read');
    expect(output).not.toContain('    at ');
  });
});
