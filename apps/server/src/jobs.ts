/** Every job of the program: a new one is one line in each list. What its handler needs of features is handed over here. */
import { cleanUp, cleanUpHandler } from './cleanup.ts';
import { runAiAnalysis } from './features/ai/job.ts';
import { clinicalEngine } from './features/analyses/engine.ts';
import { analysisJobKey, runAnalysis } from './features/analyses/job.ts';
import { caseInput, findAnalysis } from './features/analyses/service.ts';
import { cleanFiles } from './features/attachments/job.ts';
import { findAttachment } from './features/cases/attachment-queries.ts';
import { purgeCases, purgeHandler } from './features/cases/purge.ts';
import { findCase } from './features/cases/queries.ts';
import { indexCase } from './features/cases/search.ts';
import { createRegistry, handled, type Registry } from './features/jobs/registry.ts';
import { findProtocol } from './features/protocols/service.ts';
import { DAY_MS, HOUR_MS } from './lib/time.ts';
import type { Ports } from './ports.ts';

const definitions = [runAnalysis, runAiAnalysis, cleanUp, cleanFiles, purgeCases];

export const jobTypes = definitions.map(({ type }) => type);

/** What workers do. Handlers are loaded with their first job. @throws Error unless each definition has one handler */
export const createJobRegistry = (ports: Ports): Registry =>
  createRegistry(
    definitions,
    [
      handled(runAnalysis, async () => {
        const { analysisHandler } = await import('./features/analyses/run-queued.ts');
        return analysisHandler(ports, { findCase, findProtocol, indexCase });
      }),
      handled(runAiAnalysis, async () => {
        const { analysisHandler } = await import('./features/analyses/run-queued.ts');
        const { aiEngine } = await import('./features/ai/engine.ts');
        const ai = aiEngine(ports, {
          engine: clinicalEngine,
          caseInput,
          findAttachment,
          findAnalysis,
          jobKeyOf: analysisJobKey,
        });
        return analysisHandler(ports, { findCase, findProtocol, indexCase }, { ai });
      }),
      handled(cleanUp, async () => cleanUpHandler(ports)),
      handled(purgeCases, async () => purgeHandler(ports)),
      handled(cleanFiles, async () => {
        const { cleanFilesHandler } = await import('./features/attachments/clean.ts');
        return cleanFilesHandler(ports);
      }),
    ],
    [
      { definition: purgeCases, payload: {}, everyMs: HOUR_MS },
      { definition: cleanUp, payload: {}, everyMs: HOUR_MS },
      { definition: cleanFiles, payload: {}, everyMs: DAY_MS },
    ],
  );
