/** Vets at work: a bounded stream of reads and writes that notes what was acknowledged and what failed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { registerVet, type Vet } from '../support/vet.ts';

export type Failure = { at: number; what: string };

export type Load = {
  /** Ids of cases whose creation was answered with 201. */
  readonly acknowledged: string[];
  readonly failures: Failure[];
  /** Requests answered well so far. */
  readonly answered: number;
  /** Time of the last good answer to a write, by performance.now(). */
  readonly lastWriteAt: number;
  /** Ends the stream and waits for what is under way. */
  stop(): Promise<void>;
};

const NOTE = { species: 'dog', clinicalSigns: 'Vomiting since yesterday, not eating.' };

/** A write, then a read of what was written, a list, and a pause. */
async function work(
  vet: Vet,
  pauseMs: number,
  note: (what: string, answer: Response | Error) => void,
): Promise<void> {
  const call = async (what: string, method: string, path: string, body?: unknown) => {
    const answer = await vet.request(method, path, body).catch((error: Error) => error);
    note(what, answer);
    return answer instanceof Response ? answer : null;
  };
  const created = await call('create', 'POST', '/api/cases', NOTE);
  const id =
    created?.status === 201 ? ((await created.json().catch(() => null)) as { id: string } | null)?.id : null;
  if (id) {
    note(`case ${id}`, created!);
    await (await call('read', 'GET', `/api/cases/${id}`))?.arrayBuffer().catch(() => {});
  } else await created?.arrayBuffer().catch(() => {});
  await (await call('list', 'GET', '/api/cases?limit=5'))?.arrayBuffer().catch(() => {});
  await sleep(pauseMs);
}

/**
 * Starts vets that each work one request at a time.
 * @param url of nginx
 */
export async function startLoad(url: string, { vets = 4, pauseMs = 30 } = {}): Promise<Load> {
  const people = await Promise.all(Array.from({ length: vets }, () => registerVet(url)));
  const acknowledged: string[] = [];
  const failures: Failure[] = [];
  let [answered, lastWriteAt, stopped] = [0, performance.now(), false];
  const note = (what: string, answer: Response | Error) => {
    const at = performance.now();
    if (what.startsWith('case ')) acknowledged.push(what.slice(5));
    else if (answer instanceof Error) failures.push({ at, what: `${what}: ${answer.message}` });
    else if (answer.status >= 400) failures.push({ at, what: `${what}: ${answer.status}` });
    else {
      answered += 1;
      if (what === 'create') lastWriteAt = at;
    }
  };
  const streams = people.map(async (vet) => {
    while (!stopped) await work(vet, pauseMs, note);
  });
  return {
    acknowledged,
    failures,
    get answered() {
      return answered;
    },
    get lastWriteAt() {
      return lastWriteAt;
    },
    async stop() {
      stopped = true;
      await Promise.all(streams);
    },
  };
}
