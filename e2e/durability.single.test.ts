import { afterAll, describe, expect, it } from 'vitest';
import { type RunningServer, removeData, startServer } from './support/server.ts';
import { registerVet } from './support/vet.ts';

const ROUNDS = 3;
const WRITERS = 4;

describe('a power cut during writes', () => {
  let server: RunningServer;

  afterAll(async () => {
    await server.stop();
    await removeData(server);
  });

  it('loses no case that was acknowledged', async () => {
    server = await startServer();
    const acknowledged: string[] = [];
    const vet = await registerVet(server.url);
    let request = vet.request;

    for (let round = 0; round < ROUNDS; round += 1) {
      let cut = false;
      const writer = async () => {
        while (!cut) {
          const answer = await request('POST', '/api/cases', {
            species: 'dog',
            clinicalSigns: 'Vomiting since yesterday.',
          }).catch(() => null);
          if (answer?.status === 201) {
            const body = (await answer.json().catch(() => null)) as { id: string } | null;
            if (body) acknowledged.push(body.id);
          }
        }
      };
      const writers = Array.from({ length: WRITERS }, writer);
      const before = acknowledged.length;
      while (acknowledged.length < before + 30) await new Promise((resolve) => setTimeout(resolve, 5));
      await server.kill();
      cut = true;
      await Promise.all(writers);
      server = await startServer({ dataDir: server.dataDir });
      const { url } = server;
      request = (method, path, body) =>
        fetch(`${url}${path}`, {
          method,
          headers: { cookie: vet.cookie, 'x-csrf-token': vet.csrfToken, 'content-type': 'application/json' },
          body: body === undefined ? undefined : JSON.stringify(body),
        });
    }

    const answers = await Promise.all(acknowledged.map((id) => request('GET', `/api/cases/${id}`)));
    expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS * 30);
    expect(answers.filter((answer) => answer.status !== 200)).toEqual([]);
  });
});
