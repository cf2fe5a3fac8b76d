/** Parts of a cluster fail under load; what was acknowledged stays, the rest goes on, and all recovers by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, startInstallation } from '../../testbed/installation.ts';
import { until } from '../../testbed/process.ts';
import type { SingleRedis } from '../../testbed/redis.ts';
import { type Servers, startServers } from '../../testbed/servers.ts';
import { registerVet, type Vet } from '../support/vet.ts';
import { type Load, startLoad } from './load.ts';

const BACK_WITHIN_MS = 10_000;

describe('a cluster under load', () => {
  let servers: Servers;
  let installation: Installation;
  let observer: Vet;
  let load: Load;

  beforeAll(async () => {
    servers = await startServers({ synchronous: true });
    const quiet = { RATE_LIMIT_MAX: '1000000', LOGIN_RATE_LIMIT_IP_MAX: '100000' };
    installation = await startInstallation({ settings: { ...servers.settings, ...quiet } });
    observer = await registerVet(installation.url);
  });
  afterAll(async () => {
    await installation?.stop();
    await servers?.stop();
  });

  type Health = { status: string; checks: Record<string, { status: string }> };
  const health = async (): Promise<Health> =>
    (await (await fetch(`${installation.url}/healthz`)).json()) as Health;
  /** Names of the parts that are not well, as any instance sees them. */
  const unwell = async () =>
    Object.entries((await health()).checks)
      .filter(([, { status }]) => status !== 'ok')
      .map(([name]) => name);
  const untilUnwell = (...names: string[]) =>
    until(`/healthz to name ${names.join(', ')}`, async () => {
      const found = await unwell();
      return names.every((name) => found.includes(name));
    });
  const untilWell = () =>
    until('/healthz to be ok again', async () => (await health()).status === 'ok', { withinMs: 30_000 });

  /** Runs load, breaks something meanwhile, and gives the load afterwards. */
  async function underLoad(breakIt: (running: Load) => Promise<void>): Promise<Load> {
    load = await startLoad(installation.url);
    await until('the load to run', () => load.answered > 40);
    await breakIt(load);
    const before = load.answered;
    await until('the load to go on', () => load.answered > before + 40, { withinMs: 30_000 });
    await load.stop();
    return load;
  }

  /** Every acknowledged case is there: asked of the database itself, whatever a cache might say. */
  async function expectAllThere({ acknowledged }: Load): Promise<void> {
    expect(acknowledged.length).toBeGreaterThan(20);
    const rows = await servers.postgres.primary.query<{ id: string }>('select id from cases', 'mozarela');
    const there = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
  }

  it('loses no acknowledged write when the primary is killed and a replica promoted', async () => {
    let outageMs = 0;
    const after = await underLoad(async (running) => {
      const before = running.acknowledged.length;
      await servers.postgres.primary.kill();
      const killed = performance.now();
      const next = await servers.postgres.promote();
      await servers.bouncer.retarget(next);
      await until('writes to be acknowledged again', () => running.lastWriteAt > killed + 200, {
        withinMs: BACK_WITHIN_MS,
      });
      outageMs = running.lastWriteAt - killed;
      expect(running.acknowledged.length).toBeGreaterThan(before);
    });
    console.warn(
      `primary killed: writes again after ${Math.round(outageMs)} ms, ${after.failures.length} failed requests`,
    );
    await expectAllThere(after);
    await untilWell();
  });

  it('goes on while PgBouncer restarts', async () => {
    const after = await underLoad(() => servers.bouncer.restart());
    expect(after.failures).toEqual([]);
    await expectAllThere(after);
  });

  it('goes on while Redis is frozen for half a minute, and says so', async () => {
    const redis = servers.redis as SingleRedis;
    const after = await underLoad(async (running) => {
      redis.freeze();
      await untilUnwell('cache');
      const [answered, at] = [running.answered, performance.now()];
      await sleep(30_000 - (performance.now() - at));
      expect(running.answered).toBeGreaterThan(answered + 50);
      redis.unfreeze();
      await untilWell();
    });
    expect(after.failures).toEqual([]);
    await expectAllThere(after);
  });

  it('goes on while Redis is killed and comes back empty', async () => {
    const redis = servers.redis as SingleRedis;
    const after = await underLoad(async () => {
      await redis.kill();
      await untilUnwell('cache');
      await redis.restartEmpty();
      await untilWell();
    });
    expect(after.failures).toEqual([]);
    await expectAllThere(after);
  });

  it('goes on while S3 is down: only files are refused', async () => {
    const created = await observer.request('POST', '/api/cases', {
      species: 'dog',
      clinicalSigns: 'Itching.',
    });
    const { id } = (await created.json()) as { id: string };
    const upload = async () => {
      const form = new FormData();
      form.set('files', new Blob(['a,b\n1,2\n'], { type: 'text/csv' }), 'labs.csv');
      return fetch(`${installation.url}/api/cases/${id}/attachments`, {
        method: 'POST',
        headers: { cookie: observer.cookie, 'x-csrf-token': observer.csrfToken },
        body: form,
      });
    };
    expect((await upload()).status).toBe(201);
    const after = await underLoad(async () => {
      await servers.s3.stop();
      await untilUnwell('blobs');
      const refused = await upload();
      expect([refused.status, refused.headers.has('retry-after')]).toEqual([503, true]);
      await servers.s3.start();
      await untilWell();
    });
    expect((await upload()).status).toBe(201);
    expect(after.failures).toEqual([]);
  });

  it('goes on while RabbitMQ is down, and every event arrives afterwards', async () => {
    const after = await underLoad(async () => {
      await servers.rabbit.kill();
      await untilUnwell('events');
      await servers.rabbit.start();
      await untilWell();
    });
    expect(after.failures).toEqual([]);
    await until(
      'the outbox to be empty',
      async () => {
        const [row] = await servers.postgres.primary.query<{ waiting: number }>(
          'select count(*)::int as waiting from case_events where published_at is null',
          'mozarela',
        );
        return row?.waiting === 0;
      },
      { withinMs: 60_000 },
    );
  });
});

describe('a rolling restart under load', () => {
  it('fails no request', async () => {
    await using servers = await startServers();
    const quiet = { RATE_LIMIT_MAX: '1000000' };
    await using installation = await startInstallation({ settings: { ...servers.settings, ...quiet } });
    const load = await startLoad(installation.url);
    await until('the load to run', () => load.answered > 40);
    for (const instance of [...installation.apis, ...installation.workers]) {
      expect(await instance.stop()).toBe(0);
      await instance.start();
    }
    const before = load.answered;
    await until('the load to go on', () => load.answered > before + 40);
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(load.acknowledged.length).toBeGreaterThan(50);
  });
});
