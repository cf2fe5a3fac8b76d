/** Three instances behave as one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, startInstallation } from '../../testbed/installation.ts';
import { type Servers, startServers } from '../../testbed/servers.ts';
import { registerVet, type Vet } from '../support/vet.ts';

/** As the marks of writes are spread over a Redis Cluster. */
const MARK_GROUPS = 64;

for (const redis of ['single', 'cluster'] as const)
  describe(`three instances on Redis, ${redis}`, () => {
    let servers: Servers;
    let installation: Installation;
    beforeAll(async () => {
      servers = await startServers({ redis });
      installation = await startInstallation({ settings: servers.settings });
    });
    afterAll(async () => {
      await installation?.stop();
      await servers?.stop();
    });

    /** The same person through one instance, past nginx. */
    const through = (vet: Vet, index: number) => (method: string, path: string, body?: unknown) =>
      fetch(installation.apis[index % 3]!.url + path, {
        method,
        headers: { cookie: vet.cookie, 'x-csrf-token': vet.csrfToken, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });

    /** A new Redis may have forgotten writes: for its first minute nobody reads replicas. Here it has not. */
    async function trustReplicas(): Promise<void> {
      if (!('command' in servers.redis)) return;
      for (let group = 0; group < MARK_GROUPS; group += 1) {
        await servers.redis.command('set', `mozarela:{marks:${group}}:epoch`, '1');
        await servers.redis.command('del', `mozarela:{marks:${group}}:young`);
      }
    }

    async function replicaReads(): Promise<number> {
      const texts = await Promise.all(
        installation.apis.map(async ({ operationsUrl }) => (await fetch(`${operationsUrl}/metrics`)).text()),
      );
      const counts = texts.map((text) => /mozarela_database\{figure="replica_reads"\} (\d+)/.exec(text)?.[1]);
      return counts.reduce((sum, count) => sum + Number(count), 0);
    }

    it('say which part serves what', async () => {
      const line = installation.apis[0]!.lines.find((one) => one.includes('"listening"'))!;
      const { adapters, mode } = JSON.parse(line);
      expect(mode).toBe('cluster');
      expect(adapters.database).toMatch(/postgres/i);
      expect(adapters.limits).toBe(`redis ${redis}`);
      for (const [seam, adapter] of Object.entries(adapters))
        expect([seam, adapter]).not.toEqual([
          seam,
          expect.stringMatching(/^(sqlite|memory|disk|in-process)$/),
        ]);
    });

    it('admit exactly 120 requests a minute of one user', async () => {
      const vet = await registerVet(installation.url);
      const answers = await Promise.all(Array.from({ length: 200 }, () => vet.request('GET', '/api/me')));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(120);
      expect(statuses.filter((status) => status === 429)).toHaveLength(80);
      const colleague = await registerVet(installation.url);
      expect((await colleague.request('GET', '/api/me')).status).toBe(200);
    });

    it('refuse a revoked session everywhere, from the first request on', async () => {
      const vet = await registerVet(installation.url);
      // Every instance has seen the session before, so each had its chance to remember it.
      for (const index of [0, 1, 2]) expect((await through(vet, index)('GET', '/api/me')).status).toBe(200);
      expect((await through(vet, 0)('POST', '/api/auth/logout')).status).toBe(204);
      const statuses = await Promise.all(
        [0, 1, 2].map(async (index) => (await through(vet, index)('GET', '/api/me')).status),
      );
      // Nobody waits for a copy to go out of date: not 100 ms, and not one request.
      expect(statuses).toEqual([401, 401, 401]);
    });

    it('read through any instance what was written through another', async () => {
      await trustReplicas();
      const vet = await registerVet(installation.url);
      const before = await replicaReads();
      for (let round = 0; round < 12; round += 1) {
        const word = `zebra${round}x`;
        const created = await through(vet, round)('POST', '/api/cases', {
          species: 'cat',
          clinicalSigns: `${word} cough`,
        });
        const { id } = (await created.json()) as { id: string };
        const reads = await Promise.all(
          [1, 2].flatMap((step) => [
            through(vet, round + step)('GET', `/api/cases/${id}`),
            through(vet, round + step)('GET', `/api/cases?q=${word}`),
          ]),
        );
        expect(reads.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
        const lists = await Promise.all(
          [reads[1]!, reads[3]!].map(async (answer) => (await answer.json()) as { items: { id: string }[] }),
        );
        expect(lists.map(({ items }) => items.map((item) => item.id))).toEqual([[id], [id]]);
        // By now the replicas have it too, and may answer.
        await sleep(300);
        expect((await through(vet, round)('GET', `/api/cases/${id}`)).status).toBe(200);
      }
      // Without replicas the promise would be easy to keep: they do take part.
      if (redis === 'single') expect(await replicaReads()).toBeGreaterThan(before);
    });

    it('tell through any instance, as it happens, what was changed through another', async () => {
      const vet = await registerVet(installation.url);
      const stream = await through(vet, 0)('GET', '/api/events');
      const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
      const created = await through(vet, 1)('POST', '/api/cases', {
        species: 'dog',
        clinicalSigns: 'Itching.',
      });
      const { id } = (await created.json()) as { id: string };
      let told = '';
      while (!told.includes(id)) told += (await reader.read()).value ?? '';
      expect(told).toContain('case.created');
      expect(told).not.toContain('Itching');
      await reader.cancel();
    });
  });
