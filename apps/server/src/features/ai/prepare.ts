/** From a saved case to what may leave and under which key its answer is kept; built once, used by all ways in. */
import type { Engine } from '@mozarela/clinical/engine';
import type { CaseInput } from '@mozarela/clinical/types';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Executor } from '../../seams/database/port.ts';
import { cacheKey } from './cache-key.ts';
import type { Knowledge } from './check.ts';
import { conditionNames } from './condition-names.ts';
import { type PreparedPayload, preparePayload } from './payload.ts';
import { promptV1 } from './prompts/v1.ts';
import { createRedactor, type Redactor } from './redact/redact.ts';
import { vocabularyOf } from './redact/vocabulary.ts';
import { knownNames } from './store.ts';

/** What the AI feature needs of others. */
export type AiSources = {
  engine(): Promise<Engine>;
  caseInput(record: CaseRecord): CaseInput;
};

export type Prepared = PreparedPayload & { input: CaseInput; key: string };

/** The prompt that is in use. */
export const prompt = promptV1;

type Tools = { knowledge: Knowledge; redactor: Redactor };

/** By engine, so that a new knowledge base makes new tools. */
const tools = new WeakMap<Engine, Tools>();

/** The knowledge base as the checks need it, and the redactor with its vocabulary; compiled at the first use. */
export async function toolsOf({ engine }: Pick<AiSources, 'engine'>): Promise<Tools> {
  const clinical = await engine();
  let made = tools.get(clinical);
  if (!made) {
    const { bundle } = clinical;
    made = {
      knowledge: { engine: clinical, names: conditionNames(bundle) },
      redactor: createRedactor(vocabularyOf(bundle)),
    };
    tools.set(clinical, made);
  }
  return made;
}

/** Redacts a case of the clinic and names its answer. Nothing leaves. */
export async function prepareCase(
  sources: AiSources,
  db: Executor,
  clinicId: string,
  record: CaseRecord,
  model: string,
): Promise<Prepared> {
  const [{ knowledge, redactor }, known] = await Promise.all([
    toolsOf(sources),
    knownNames(db, clinicId, record),
  ]);
  const input = sources.caseInput(record);
  const prepared = preparePayload(redactor, input, known);
  const scope = { model, promptVersion: prompt.version, knowledgeVersion: knowledge.engine.bundle.version };
  return { ...prepared, input, key: cacheKey(prepared.payload, scope) };
}
