/** The clinical engine off the main thread: typing stays smooth while it ranks. */
import { createEngine, type Engine } from '@mozarela/clinical/engine';
import type { KnowledgeBundle } from '@mozarela/clinical/knowledge/schema';
import knowledgeUrl from '../../../../../../packages/clinical/generated/knowledge.json?url';
import type { KnowledgeInfo, WorkerReply, WorkerRequest, WorkerTask } from './protocol.ts';

let engine: Promise<Engine> | null = null;

async function load(): Promise<Engine> {
  const response = await fetch(knowledgeUrl);
  if (!response.ok) throw new Error(`knowledge base: ${response.status}`);
  return createEngine((await response.json()) as KnowledgeBundle);
}

/** Loads once; after a failure the next request tries again, the connection may be back. */
function ready(): Promise<Engine> {
  if (!engine) {
    engine = load();
    engine.catch(() => {
      engine = null;
    });
  }
  return engine;
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
  const { bundle, analyze, explainRest } = await ready();
  if (task.type === 'load') return info(bundle);
  if (task.type === 'analyze') return analyze(task.input);
  return explainRest(task.result, task.diagnosisId);
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
