/**
 * A short comment on the signalment beneath a protocol's result. It is an analysis of its own: the protocol's analysis
 * is read and never written, so no answer can change its points. Only signalment and names of diseases leave.
 */
import type { AnalysisResult } from '@mozarela/contract/analyses';
import { z } from 'zod';
import { AiError } from '../../seams/ai/port.ts';
import type { CheckedAnswer } from './check.ts';
import type { AiPayload } from './payload.ts';
import type { Redactor } from './redact/redact.ts';
import { type Rejected, tidier } from './tidy.ts';

const MOST_NAMES = 10;
const MOST_CHARACTERS = 600;
const MOST_ANSWERED = 20_000;

const schema = z.object({
  comment: z
    .string()
    .describe('Two to four sentences on how species, breed, sex, age and weight bear on the listed diseases'),
});

export function commentJsonSchema() {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema);
  return rest;
}

/** Neither the note nor what the vet set on its findings. */
const signalmentOf = ({ corrections: _findings, ...payload }: AiPayload) => payload;

/** What leaves for a comment: the signalment as redacted before, and what the protocol named, in its order. */
export const commentPayload = (
  payload: AiPayload,
  result: AnalysisResult,
  redactor: Redactor,
  known: readonly string[],
): AiPayload => ({
  ...signalmentOf(payload),
  clinicalSigns: '',
  labFindings: null,
  documents: [],
  protocol: result.diagnoses.slice(0, MOST_NAMES).map(({ name }) => redactor.redact(name, known).text),
});

/** The points are the protocol's: a sentence that has its own is not shown. */
const FIGURES = /\d\s?%|\b(?:points?|scores?|scored|probabilit(?:y|ies)|pontos?|probabilidades?)\b/i;

/** @throws AiError `bad_answer` when it is no comment */
export function checkComment(text: string): CheckedAnswer {
  const read = readComment(text);
  if (read === null) throw new AiError('bad_answer');
  const rejected: Rejected[] = [];
  const sentences = read.split(/(?<=[.!?])\s+/);
  const plain = sentences.filter((sentence) => !FIGURES.test(sentence));
  if (plain.length < sentences.length)
    rejected.push({ kind: 'summary', text: '', reason: 'points and percentages are not taken from a model' });
  return { summary: tidier(rejected)('summary', plain.join(' '), MOST_CHARACTERS), diagnoses: [], rejected };
}

function readComment(text: string): string | null {
  if (text.length > MOST_ANSWERED) return null;
  try {
    const read = schema.safeParse(JSON.parse(text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, '')));
    return read.success ? read.data.comment : null;
  } catch {
    return null;
  }
}
