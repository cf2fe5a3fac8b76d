import type { CaseRecord } from '@mozarela/contract/cases';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { findCase } from '../cases/queries.ts';
import { indexCase } from '../cases/search.ts';
import { deleteCase, restoreCase } from '../cases/service.ts';
import { QUICK, until } from '../jobs/fixture.ts';
import { createRegistry, handled } from '../jobs/registry.ts';
import { startWorker } from '../jobs/worker.ts';
import { runAnalysis } from './job.ts';
import { type AnalysisEngine, analysisHandler } from './run-queued.ts';
import { caseInput, enqueueAnalysis, run } from './service.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

/** Lets a worker answer for the case, and `meanwhile` happen between question and answer. */
async function analyse(record: CaseRecord, meanwhile: () => Promise<unknown>): Promise<void> {
  const { container, vet } = desk;
  const knowledge: AnalysisEngine = async (_analysis, asked) => {
    await meanwhile();
    return { result: await run(caseInput(asked), null) };
  };
  const sources = { findCase, findProtocol: async () => null, indexCase };
  const handler = analysisHandler(container, sources, { knowledge });
  const registry = createRegistry([runAnalysis], [handled(runAnalysis, async () => handler)], []);
  const { id } = await container.jobs.write(vet.clinicId, (trx, jobs) =>
    enqueueAnalysis(trx, jobs, vet, record, { engine: 'knowledge', now: container.now() }),
  );
  const worker = await startWorker(container, registry, { timing: QUICK });
  const status = async () =>
    (
      await container.database
        .read(vet.clinicId)
        .selectFrom('analyses')
        .select('status')
        .where('id', '=', id)
        .executeTakeFirst()
    )?.status;
  await until(async () => (await status()) === 'succeeded');
  await worker.stop();
}

const search = () => {
  const { database } = desk.container;
  const { clinicId } = desk.vet;
  return database.search.find(database.read(clinicId), { clinicId, text: 'vomiting', limit: 9 });
};

it('an answer for a case that was deleted meanwhile does not make it findable', async () => {
  const { container, vet } = desk;
  const [deleted, kept] = [await desk.newCase(), await desk.newCase()];
  await analyse(deleted, () => deleteCase(container, vet, deleted.id));
  expect(await search()).toEqual([kept.id]);
  await restoreCase(container, vet, deleted.id);
  expect((await search()).toSorted()).toEqual([deleted.id, kept.id].toSorted());
});

it('nothing is indexed of a case that is gone for good', async () => {
  const { container, vet } = desk;
  const { id } = await desk.newCase();
  await container.database.write(vet.clinicId, async (trx) => {
    await trx.deleteFrom('cases').where('id', '=', id).execute();
    await indexCase(container.database, trx, id);
  });
  expect(await search()).toEqual([]);
});
