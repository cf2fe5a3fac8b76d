/** Which handler does which job. Built at start, so that a job without a handler is found before it is asked for. */
import type { JobDefinition, JobHandler, PayloadOf } from '../../seams/queue/job.ts';

/** A definition with the way to its handler, which is loaded with the first job. */
export type HandledJob = { definition: JobDefinition; load(): Promise<JobHandler> };

/** Checks that the handler takes what the definition promises. */
export const handled = <Definition extends JobDefinition>(
  definition: Definition,
  load: () => Promise<JobHandler<PayloadOf<Definition>>>,
): HandledJob => ({ definition, load });

/** A job that runs once in every slot of time, whoever is there to run it. */
export type Schedule = { definition: JobDefinition; payload: unknown; everyMs: number };

export type Registry = { jobs: ReadonlyMap<string, HandledJob>; schedules: Schedule[] };

/** @throws Error naming every definition that has not exactly one handler */
export function createRegistry(
  definitions: JobDefinition[],
  handlers: HandledJob[],
  schedules: Schedule[] = [],
): Registry {
  const count = (list: JobDefinition[], type: string) => list.filter((one) => one.type === type).length;
  const handlersOf = handlers.map(({ definition }) => definition);
  const all = [...definitions, ...handlersOf, ...schedules.map(({ definition }) => definition)];
  const wrong = [...new Set(all.map(({ type }) => type))].filter(
    (type) => count(definitions, type) !== 1 || count(handlersOf, type) !== 1,
  );
  if (wrong.length > 0) throw new Error(`Not exactly one definition and one handler: ${wrong.join(', ')}`);
  return { jobs: new Map(handlers.map((job) => [job.definition.type, job])), schedules };
}
