/** The clinical engine off the main thread: typing stays smooth while it ranks. */
import { createEngine, type Engine } from '@mozarela/clinical/engine';
import type { KnowledgeBundle } from '@mozarela/clinical/knowledge/schema';
import knowledgeUrl from '../../../../../packages/clinical/generated/knowledge.json?url';
import type { KnowledgeInfo, WorkerReply, WorkerRequest, WorkerTask } from './protocol.ts';

let loading: Promise<KnowledgeBundle> | null = null;
let engine: Engine | null = null;

async function load(): Promise<KnowledgeBundle> {
  const response = await fetch(knowledgeUrl);
  if (!response.ok) throw new Error(`knowledge base: ${response.status}`);
  return (await response.json()) as KnowledgeBundle;
}

/** Loads once; after a failure the next request tries again, the connection may be back. */
function knowledge(): Promise<KnowledgeBundle> {
  if (!loading) {
    loading = load();
    loading.catch(() => {
      loading = null;
    });
  }
  return loading;
}

function info({ version, conditions, findings, breeds }: KnowledgeBundle): KnowledgeInfo {
  return {
    version,
    conditions: conditions.length,
    findings: Object.entries(findings).map(([id, { label, words }]) => ({
      id,
      label: label.en,
      search: [label.en, ...words].join(' ').toLowerCase(),
    })),
    breeds: Object.values(breeds).map(({ name, animal, aliases }) => ({
      name,
      animal,
      search: [name, ...aliases].join(' ').toLowerCase(),
    })),
  };
}

async function run(task: WorkerTask): Promise<unknown> {
  const bundle = await knowledge();
  // The reading pages need neither the compiled score nor, in the first page, their own code.
  if (task.type === 'conditions')
    return (await import('@mozarela/clinical/reading/condition-index')).indexConditions(bundle);
  if (task.type === 'condition')
    return (await import('@mozarela/clinical/reading/condition-page')).readCondition(
      bundle,
      task.conditionId,
    );
  engine ??= createEngine(bundle);
  if (task.type === 'load') return info(bundle);
  if (task.type === 'analyze') return engine.analyze(task.input);
  return engine.explainRest(task.result, task.diagnosisId);
}

self.onmessage = async ({ data }: MessageEvent<WorkerRequest>) => {
  let reply: WorkerReply;
  try {
    reply = { id: data.id, value: await run(data) };
  } catch (error) {
    reply = { id: data.id, error: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply);
};
