/** The clinical engine in this process: the knowledge base is read once, at the first analysis or right after start. */
import { readFile } from 'node:fs/promises';
import { createEngine, type Engine } from '@mozarela/clinical/engine';
import type { KnowledgeBundle } from '@mozarela/clinical/knowledge/schema';

const BUNDLE = new URL('../../../../../packages/clinical/generated/knowledge.json', import.meta.url);

let reading: Promise<KnowledgeBundle> | undefined;
let loading: Promise<Engine> | undefined;

/** The knowledge base as built. */
function knowledge(): Promise<KnowledgeBundle> {
  reading ??= readFile(BUNDLE, 'utf8').then((text) => JSON.parse(text) as KnowledgeBundle);
  return reading;
}

/** The engine; the first call reads and compiles the knowledge base: about a second. */
export function clinicalEngine(): Promise<Engine> {
  loading ??= knowledge().then((bundle) => {
    const engine = createEngine(bundle);
    engine.analyze({ species: 'dog', clinicalSigns: '' });
    return engine;
  });
  return loading;
}

/** The version of the knowledge base that answers here. */
export const knowledgeVersion = async (): Promise<string> => (await knowledge()).version;

/** What the engine doubts in keywords of a protocol. */
export const keywordDoubts = async (): Promise<Engine['keywordDoubts']> =>
  (await clinicalEngine()).keywordDoubts;

/** Reads and compiles the knowledge base ahead of the first analysis. */
export const warmUpEngine = async (): Promise<void> => {
  await clinicalEngine();
};

/** Whether the knowledge base that answers here holds a condition. */
export const knowsCondition = async (id: string): Promise<boolean> =>
  (await knowledge()).conditions.some((condition) => condition.id === id);
