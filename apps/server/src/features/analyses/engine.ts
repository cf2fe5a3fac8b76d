/** The clinical engine in this process: the knowledge base is read once, at the first analysis or right after start. */
import { readFile } from 'node:fs/promises';
import { createEngine, type Engine } from '@mozarela/clinical/engine';
import type { KnowledgeBundle } from '@mozarela/clinical/knowledge/schema';

const BUNDLE = new URL('../../../../../packages/clinical/generated/knowledge.json', import.meta.url);

let loading: Promise<Engine> | undefined;

/** The engine; the first call reads and compiles the knowledge base. */
export function clinicalEngine(): Promise<Engine> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Engine> {
  const bundle = JSON.parse(await readFile(BUNDLE, 'utf8')) as KnowledgeBundle;
  const engine = createEngine(bundle);
  engine.analyze({ species: 'dog', clinicalSigns: '' });
  return engine;
}

/** The version of the knowledge base that answers here. */
export const knowledgeVersion = async (): Promise<string> => (await clinicalEngine()).bundle.version;

/** Reads and compiles the knowledge base ahead of the first analysis. */
export const warmUpEngine = async (): Promise<void> => {
  await clinicalEngine();
};

/** Whether the knowledge base that answers here holds a condition. */
export const knowsCondition = async (id: string): Promise<boolean> =>
  (await clinicalEngine()).bundle.conditions.some((condition) => condition.id === id);
