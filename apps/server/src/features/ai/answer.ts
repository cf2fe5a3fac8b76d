/** The closed schema of a model's answer, as sent to the provider and as checked again by us. */
import { z } from 'zod';
import type { JsonSchema } from '../../seams/ai/port.ts';

const diagnosis = z.object({
  name: z.string().describe('One disease by its preferred English name; no umbrella term'),
  reasoning: z
    .string()
    .describe('One to three sentences: what makes it compatible with the case, what argues against it'),
  findingsFor: z.array(z.string()).describe('Words copied from the case exactly that speak for it'),
  findingsAgainst: z.array(z.string()).describe('Words copied from the case exactly that speak against it'),
  suggestedTests: z.array(z.string()).describe('Names of diagnostic tests that would confirm or exclude it'),
});

const answer = z.object({
  summary: z
    .string()
    .describe('One or two sentences about the problem, without naming a diagnosis as certain'),
  diagnoses: z.array(diagnosis).describe('Ranked, the most likely first'),
});

export type AiAnswer = z.infer<typeof answer>;
export type AiDiagnosis = z.infer<typeof diagnosis>;

/** Without lengths: providers check none, and some refuse a schema that states them. */
export function answerJsonSchema(): JsonSchema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(answer);
  return schema;
}

/** No honest answer is longer; what is longer is not read. */
const MOST_CHARACTERS = 60_000;

/**
 * Reads an answer: a JSON object, alone or in a fence as small models write it. What the schema does not name is
 * dropped. Null when it is not such an object.
 */
export function readAnswer(text: string): AiAnswer | null {
  if (text.length > MOST_CHARACTERS) return null;
  const bare = text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, '');
  try {
    const read = answer.safeParse(JSON.parse(bare));
    return read.success && read.data.diagnoses.length > 0 ? read.data : null;
  } catch {
    return null;
  }
}
