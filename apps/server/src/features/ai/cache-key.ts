/**
 * The key of a cached answer: engine, model, version of the prompt, and the redacted case in one spelling. Names,
 * dates, spacing, case of letters and order of fields make no difference; numbers and words do.
 */
import { createHash } from 'node:crypto';
import { normalise } from '@mozarela/clinical/text/normalise';
import type { AiPayload } from './payload.ts';
import { ANY_PLACEHOLDER } from './redact/redact.ts';

export type CacheScope = {
  /** Of the configured model, not the one that answered in its place. */
  model: string;
  promptVersion: string;
  /** Of the knowledge base: answers are checked against it. */
  knowledgeVersion: string;
  /** SHA-256 of each image as it is sent, without its metadata. */
  attachments?: readonly string[];
};

/** A text without what redaction left, in one spelling: accents, letter case, spacing, kinds of quotes and dashes. */
export function normalisedText(text: string | null): string {
  if (!text) return '';
  return normalise(text.replace(ANY_PLACEHOLDER, ' '))
    .text.replace(/['"]s\b/g, '')
    .replace(/[\s"']+/g, ' ')
    .replace(/ ?([.,;:!?()[\]/+-]) ?/g, '$1')
    .replace(/[.,;:]{2,}/g, (run) => run[0]!)
    .replace(/^[ .,;:]+|[ .,;:]+$/g, '');
}

/** 64 hexadecimal digits. */
export function cacheKey(payload: AiPayload, scope: CacheScope): string {
  const parts: [string, unknown][] = [
    ['engine', 'ai'],
    ['model', scope.model],
    ['prompt', scope.promptVersion],
    ['knowledge', scope.knowledgeVersion],
    ['species', payload.species],
    ['breed', normalisedText(payload.breed)],
    ['sex', payload.sex ?? ''],
    ['age', normalisedText(payload.age)],
    ['weight', payload.weightKg ?? ''],
    ['signs', normalisedText(payload.clinicalSigns)],
    ['labs', normalisedText(payload.labFindings)],
    ['documents', payload.documents.map(({ text }) => normalisedText(text)).sort()],
    ['attachments', [...(scope.attachments ?? [])].sort()],
    ['protocol', (payload.protocol ?? []).map(normalisedText)],
  ];
  const corrections = (payload.corrections ?? []).map(({ finding, assertion }) => `${finding}: ${assertion}`);
  // Absent when there are none: keys of cases without them stay as they were.
  if (corrections.length > 0) parts.push(['corrections', corrections.sort()]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
