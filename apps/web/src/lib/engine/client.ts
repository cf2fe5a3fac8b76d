/** The page's side of the engine worker: one worker for the whole visit, promises for its answers. */
import type { AnalysisResult, CaseInput } from '@mozarela/clinical/types';
import type { WorkerAnswers, WorkerReply, WorkerTask } from './protocol.ts';

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, Waiting>();

function failAll(message: string): void {
  for (const { reject } of waiting.values()) reject(new Error(message));
  waiting.clear();
  worker?.terminate();
  worker = null;
}

function start(): Worker {
  const started = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
  started.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
    const caller = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) caller?.reject(new Error(data.error));
    else caller?.resolve(data.value as never);
  };
  started.onerror = (event) => failAll(event.message || 'the engine could not start');
  return started;
}

function ask<Task extends WorkerTask>(task: Task): Promise<WorkerAnswers[Task['type']]> {
  worker ??= start();
  const id = ++lastId;
  worker.postMessage({ ...task, id });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

export const loadKnowledge = () => ask({ type: 'load' });

export const analyze = (input: CaseInput) => ask({ type: 'analyze', input });

/** Ranks again without what the named diagnosis explains, to look for a concurrent disease. */
export const explainRest = (result: AnalysisResult, diagnosisId: string) =>
  ask({ type: 'explainRest', result, diagnosisId });

/** Every condition as a line of the searchable list. */
export const loadConditions = () => ask({ type: 'conditions' });

export const loadCondition = (conditionId: string) => ask({ type: 'condition', conditionId });
