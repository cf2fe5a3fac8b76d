/** What leaves for a provider: the case after redaction, field by field. Nothing else about a case is ever sent. */
import type { CaseInput } from '@mozarela/clinical/types';
import type { SentCorrection } from './corrections.ts';
import type { Redactor } from './redact/redact.ts';
import type { Span } from './redact/spans.ts';

export const PAYLOAD_FIELDS = ['breed', 'age', 'clinicalSigns', 'labFindings'] as const;
export type PayloadField = (typeof PAYLOAD_FIELDS)[number];

/** An attachment as sent: the text of a PDF, redacted like the note, or an image without its metadata. */
export type PayloadDocument = { text: string };

export type AiPayload = {
  species: CaseInput['species'];
  breed: string | null;
  sex: CaseInput['sex'] | null;
  age: string | null;
  weightKg: number | null;
  clinicalSigns: string;
  labFindings: string | null;
  documents: PayloadDocument[];
  /** What the vet set by hand; left out when nothing was. */
  corrections?: SentCorrection[];
  /** How many pictures go with it. */
  images?: number;
  /** For a comment on a protocol's result: the diseases it named. */
  protocol?: string[];
};

export type Redactions = Partial<Record<PayloadField, Span[]>> & { documents: Span[][] };

export type PreparedPayload = { payload: AiPayload; redactions: Redactions };

/**
 * @param known names as the record has them: patient, owner, people of the clinic, the clinic, files
 * @param documents texts of attachments that may be sent
 */
export function preparePayload(
  redactor: Redactor,
  input: CaseInput,
  known: readonly string[],
  documents: readonly string[] = [],
): PreparedPayload {
  const redactions: Redactions = { documents: [] };
  const cleaned = (field: PayloadField, text: string): string => {
    const redacted = redactor.redact(text, known);
    redactions[field] = redacted.redactions;
    return redacted.text;
  };
  const optional = (field: PayloadField, text: string | null | undefined): string | null =>
    text ? cleaned(field, text) : null;
  const sent = documents.map((text) => redactor.redact(text, known));
  redactions.documents = sent.map((document) => document.redactions);
  return {
    payload: {
      species: input.species,
      breed: optional('breed', input.breed),
      sex: input.sex ?? null,
      age: optional('age', input.age),
      weightKg: input.weightKg ?? null,
      clinicalSigns: cleaned('clinicalSigns', input.clinicalSigns),
      labFindings: optional('labFindings', input.labFindings),
      documents: sent.map(({ text }) => ({ text })),
    },
    redactions,
  };
}

/** The payload as the engine reads a case, but for corrections: checks run on what was sent. */
export const asCaseInput = ({
  documents,
  corrections: _byLabel,
  images: _pictures,
  protocol: _names,
  ...payload
}: AiPayload): CaseInput => ({
  ...payload,
  labFindings: [payload.labFindings ?? '', ...documents.map(({ text }) => text)].filter(Boolean).join('\n'),
});
