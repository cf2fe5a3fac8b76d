/**
 * A language model that answers one question in a closed JSON schema. The prompt is the caller's; a provider sends it,
 * and turns what can go wrong into one vocabulary. No error of a provider's own wording leaves an adapter.
 */

/** JSON Schema of the answer: types, properties, required, enum, items; no lengths, which providers do not check. */
export type JsonSchema = Record<string, unknown>;

export type AiAttachment = { mediaType: string; bytes: Uint8Array };

export type AiRequest = {
  system: string;
  user: string;
  attachments?: AiAttachment[];
  schema: JsonSchema;
  model: string;
  /** The caller's: aborting it ends the call with `cancelled`. */
  signal: AbortSignal;
  /** Of one try, in milliseconds. */
  timeoutMs: number;
  /**
   * Told of each try that gave no answer and may be paid for all the same, also when a later one answers: by whatever
   * tries again. `usage` is null when the provider did not say.
   */
  onLost?: (model: string, usage: AiUsage | null) => void;
};

/** In tokens, as the provider counts them. */
export type AiUsage = { inputTokens: number; outputTokens: number };

export type AiCompletion = {
  /** As answered: unchecked, and no more than text. */
  text: string;
  /** The model that answered, by its own name. */
  model: string;
  usage: AiUsage;
  /** `length`: cut at the most tokens; `refused`: the provider's filters or the model declined. Both are paid for. */
  finish: 'stop' | 'length' | 'refused';
};

export type AiProvider = {
  readonly adapter: string;
  readonly models: { primary: string; fallback: string | null };
  /** @throws AiError */
  complete(request: AiRequest): Promise<AiCompletion>;
  /** Asks for nothing that costs. @throws AiError when the provider cannot be reached or does not take the key */
  ping(): Promise<void>;
};

/** What each failure is called, with words that anybody may read. */
export const AI_FAILURES = {
  rate_limited: 'The AI provider allows no more requests for now',
  overloaded: 'The AI provider is overloaded or out of order',
  timeout: 'The AI provider did not answer in time',
  cut_off: 'The answer of the AI provider was cut off',
  refused: 'The AI provider declined to answer',
  invalid_credentials: 'The AI provider does not accept the key of this installation',
  rejected: 'The AI provider does not accept the request: the name of the model, the schema or an attachment',
  bad_answer: 'The answer of the AI provider could not be used',
  unreachable: 'The AI provider cannot be reached',
  cancelled: 'The request was cancelled',
} as const;

export type AiErrorCode = keyof typeof AI_FAILURES;

type AiErrorDetails = {
  retryAfterMs?: number | null;
  status?: number | undefined;
  usage?: AiUsage | undefined;
};

/** A call that gave no answer. Its message is ours; the provider's text is not kept, not even as a cause. */
export class AiError extends Error {
  readonly code: AiErrorCode;
  /** When the provider asked to come back, in milliseconds from now. */
  readonly retryAfterMs: number | null;
  /** The provider's HTTP status, for the log. */
  readonly status: number | null;
  /** What the call came to, where the provider said so. */
  readonly usage: AiUsage | null;
  constructor(code: AiErrorCode, details: AiErrorDetails = {}) {
    super(AI_FAILURES[code]);
    this.name = 'AiError';
    this.code = code;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.status = details.status ?? null;
    this.usage = details.usage ?? null;
  }
}
