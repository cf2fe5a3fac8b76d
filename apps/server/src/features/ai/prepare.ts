/** From a saved case to what may leave and under which key its answer is kept; built once, used by all ways in. */
import type { Engine } from '@mozarela/clinical/engine';
import type { CaseInput } from '@mozarela/clinical/types';
import type { Analysis } from '@mozarela/contract/analyses';
import type { CaseRecord } from '@mozarela/contract/cases';
import type { Ports } from '../../ports.ts';
import type { Executor } from '../../seams/database/port.ts';
import { type FindAttachment, readAttachment, type SentFile } from './attachments.ts';
import { cacheKey } from './cache-key.ts';
import { type CheckedAnswer, checkAnswer, type Knowledge } from './check.ts';
import { checkComment, commentPayload } from './comment.ts';
import { conditionNames } from './condition-names.ts';
import { correctionsSent } from './corrections.ts';
import { type PreparedPayload, preparePayload } from './payload.ts';
import { commentV1 } from './prompts/comment-v1.ts';
import { promptV2 } from './prompts/v2.ts';
import { createRedactor, type Redactor } from './redact/redact.ts';
import { vocabularyOf } from './redact/vocabulary.ts';
import { knownNames } from './store.ts';

/** What the AI feature needs of others. */
export type AiSources = {
  engine(): Promise<Engine>;
  caseInput(record: CaseRecord): CaseInput;
  findAttachment: FindAttachment;
  findAnalysis(db: Executor, clinicId: string, id: string): Promise<Analysis | null>;
};

/** What was asked besides the case: files that go with it, or the protocol's analysis to comment on. */
export type Asked = { attachments: readonly string[]; commentOn: string | null };

type Prompt = typeof promptV2 | typeof commentV1;

export type Prepared = PreparedPayload & {
  input: CaseInput;
  key: string;
  prompt: Prompt;
  /** In the order of the request. */
  files: SentFile[];
  /** @throws AiError `bad_answer` */
  check(text: string): CheckedAnswer;
};

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

type Case = { clinicId: string; record: CaseRecord; model: string };

/** Redacts a case of the clinic and names its answer. Nothing leaves. Answers null when what was asked about is gone. */
export async function prepareCase(
  sources: AiSources,
  { database, blobs }: Pick<Ports, 'database' | 'blobs'>,
  { clinicId, record, model }: Case,
  { attachments, commentOn }: Asked,
): Promise<Prepared | null> {
  const db = database.read(clinicId);
  const [{ knowledge, redactor }, known] = await Promise.all([
    toolsOf(sources),
    knownNames(db, clinicId, record),
  ]);
  const input = sources.caseInput(record);
  const files: SentFile[] = [];
  for (const id of attachments) {
    const stored = await sources.findAttachment(db, clinicId, id);
    if (stored?.caseId !== record.id) return null;
    files.push(await readAttachment(blobs, stored));
  }
  const texts = files.flatMap((file) => (file.sends === 'text' ? [file.text] : []));
  const images = files.flatMap((file) => (file.sends === 'image' ? [file.imageHash] : []));
  const { payload, redactions } = preparePayload(redactor, input, known, texts);
  if (images.length > 0) payload.images = images.length;
  const corrections = correctionsSent(knowledge.engine.bundle, input.corrections);
  if (corrections.length > 0) payload.corrections = corrections;
  const keyed = (prompt: Prompt) => ({
    model,
    promptVersion: prompt.version,
    knowledgeVersion: knowledge.engine.bundle.version,
    attachments: images,
  });
  if (commentOn === null) {
    const key = cacheKey(payload, keyed(promptV2));
    const check = (text: string) => checkAnswer(knowledge, payload, text);
    return { payload, redactions, input, files, prompt: promptV2, key, check };
  }
  const { result } = (await sources.findAnalysis(db, clinicId, commentOn)) ?? { result: null };
  if (!result) return null;
  const sent = commentPayload(payload, result, redactor, known);
  return {
    payload: sent,
    redactions: { breed: redactions.breed, age: redactions.age, documents: [] },
    input,
    files,
    prompt: commentV1,
    key: cacheKey(sent, keyed(commentV1)),
    check: checkComment,
  };
}

/** How a result of this question is labelled. */
export const metaOf = ({ prompt }: Prepared, model: string) => ({
  model,
  promptVersion: prompt.version,
  comment: prompt === commentV1,
});
