import { z } from 'zod';
import { correction, MOST_SENT_FILES, sex as sexSchema, species as speciesSchema } from './analyses.ts';
import { id, idParams } from './common.ts';
import { route } from './route.ts';

export const aiSettings = z
  .object({
    /** Whether this installation has a provider at all. */
    configured: z.boolean(),
    /** Which protocol it speaks and where: `gemini` or `openai-compatible`, and the host. */
    provider: z.object({ adapter: z.string(), host: z.string(), model: z.string() }).nullable(),
    /** The clinic's switch; off until an owner turns it on. */
    enabled: z.boolean(),
    /** Whether the caller may turn it. */
    mayChange: z.boolean(),
    /** Today, UTC. */
    usage: z.object({ calls: z.number(), hits: z.number(), tokens: z.number(), tokensPerDay: z.number() }),
  })
  .meta({ id: 'AiSettings' });
export type AiSettings = z.infer<typeof aiSettings>;

export const getAiSettings = route({
  method: 'GET',
  path: '/api/clinic/ai',
  tag: 'ai',
  summary: 'Whether AI is set up, allowed by the clinic, and how much of it was used today',
  auth: 'session',
  limit: 'api',
  responses: { 200: aiSettings },
});

export const putAiSettings = route({
  method: 'PUT',
  path: '/api/clinic/ai',
  tag: 'ai',
  summary: 'Allow or stop AI for the clinic (its owner only)',
  auth: 'session',
  limit: 'api',
  body: z.strictObject({ enabled: z.boolean() }),
  responses: { 200: aiSettings },
});

/** Ids with commas between them. */
const ids = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(id).max(MOST_SENT_FILES));

const sentFile = z.object({
  id,
  /** As what it would leave; `nothing` cannot be sent, and `note` says why. */
  sends: z.enum(['text', 'image', 'nothing']),
  /** What a person should know before agreeing. */
  note: z.string().nullable(),
  /** Of a text: its place in the payload's `documents`. */
  document: z.int().nullable(),
  /** Of a picture, as it leaves: its hidden data is gone. */
  picture: z.object({ mediaType: z.string(), bytes: z.int(), sha256: z.string() }).nullable(),
});

const redactions = z.array(z.object({ kind: z.string(), start: z.int(), end: z.int() }));

const preview = z
  .object({
    promptVersion: z.string(),
    /** The instruction that goes with every case. */
    system: z.string(),
    payload: z.object({
      species: speciesSchema,
      breed: z.string().nullable(),
      sex: sexSchema.nullable(),
      age: z.string().nullable(),
      weightKg: z.number().nullable(),
      clinicalSigns: z.string(),
      labFindings: z.string().nullable(),
      documents: z.array(z.object({ text: z.string() })),
      /** What the vet set on findings, by their English labels; left out when nothing was set. */
      corrections: z.array(correction).optional(),
      images: z.int().optional(),
      protocol: z.array(z.string()).optional(),
    }),
    /** The named files, in their order. */
    files: z.array(sentFile),
    /** Where placeholders stand in the payload's texts. */
    redactions: z.object({
      breed: redactions.optional(),
      age: redactions.optional(),
      clinicalSigns: redactions.optional(),
      labFindings: redactions.optional(),
      documents: z.array(redactions),
    }),
  })
  .meta({ id: 'AiPreview' });
export type AiPreview = z.infer<typeof preview>;

export const aiPreview = route({
  method: 'GET',
  path: '/api/cases/:id/ai-preview',
  tag: 'ai',
  summary: 'What would leave for the provider, exactly, after redaction; nothing leaves by asking',
  auth: 'session',
  limit: 'api',
  params: idParams,
  query: z.strictObject({
    /** Files to go with the case. */
    attachments: ids.optional(),
    /** A protocol's analysis to comment on. */
    commentOn: id.optional(),
  }),
  responses: {
    200: preview,
  },
});
