/** Gemini through Google's SDK: one generateContent call a question, no tools, the answer bound to the schema. */
import {
  ApiError,
  FinishReason,
  type GenerateContentResponse,
  GoogleGenAI,
  type HttpOptions,
  type Part,
} from '@google/genai';
import { failureOfConnection, failureOfStatus, retryAfterMs, withinTime } from './failures.ts';
import { type AiCompletion, AiError, type AiProvider, type AiRequest } from './port.ts';

export type GeminiOptions = {
  apiKey: string;
  /** Google's own when null. */
  baseUrl: string | null;
  model: string;
  fallbackModel: string | null;
};

const GOOGLE = 'https://generativelanguage.googleapis.com';
/** Enough for the longest answer that the schema allows, with the model's thoughts. */
const MAX_OUTPUT_TOKENS = 16_384;
const PING_TIMEOUT_MS = 5000;

type ErrorBody = {
  error?: { details?: { '@type'?: string; reason?: string; retryDelay?: string }[] };
};

export function geminiProvider(options: GeminiOptions): AiProvider {
  const sdk = new GoogleGenAI({
    apiKey: options.apiKey,
    enterprise: false,
    apiVersion: 'v1beta',
    httpOptions: { baseUrl: options.baseUrl ?? GOOGLE },
  });

  /** The SDK's error has no headers: they are read on the way. */
  async function call<T>(
    limits: { signal: AbortSignal; timeoutMs: number },
    run: (signal: AbortSignal, httpOptions: HttpOptions) => Promise<T>,
  ): Promise<T> {
    let retryAfter: string | null = null;
    const httpOptions: HttpOptions = {
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        retryAfter = response.headers.get('Retry-After');
        return response;
      },
    };
    return withinTime(
      limits,
      (signal) => run(signal, httpOptions),
      (error) => (error instanceof ApiError ? failure(error, retryAfter) : failureOfConnection(error)),
    );
  }

  return {
    adapter: 'gemini',
    models: { primary: options.model, fallback: options.fallbackModel },
    async complete(request) {
      const response = await call(request, (abortSignal, httpOptions) =>
        sdk.models.generateContent({
          model: request.model,
          contents: [{ role: 'user', parts: partsOf(request) }],
          config: {
            systemInstruction: request.system,
            responseMimeType: 'application/json',
            responseJsonSchema: request.schema,
            temperature: 0,
            maxOutputTokens: MAX_OUTPUT_TOKENS,
            abortSignal,
            httpOptions,
          },
        }),
      );
      return completionOf(response, request.model);
    },
    async ping() {
      const limits = { signal: new AbortController().signal, timeoutMs: PING_TIMEOUT_MS };
      await call(limits, (abortSignal, httpOptions) =>
        sdk.models.get({ model: options.model, config: { abortSignal, httpOptions } }),
      );
    },
  };
}

function partsOf({ user, attachments = [] }: AiRequest): Part[] {
  const files = attachments.map(({ mediaType, bytes }) => ({
    inlineData: { mimeType: mediaType, data: Buffer.from(bytes).toString('base64') },
  }));
  return [{ text: user }, ...files];
}

function completionOf(response: GenerateContentResponse, model: string): AiCompletion {
  const candidate = response.candidates?.[0];
  const used = response.usageMetadata;
  const text = (candidate?.content?.parts ?? [])
    .filter((part) => !part.thought)
    .map((part) => part.text ?? '')
    .join('');
  const finish = candidate ? finishOf(candidate.finishReason) : 'refused';
  const usage = {
    inputTokens: used?.promptTokenCount ?? 0,
    outputTokens: (used?.candidatesTokenCount ?? 0) + (used?.thoughtsTokenCount ?? 0),
  };
  if ((!candidate && !response.promptFeedback) || (finish === 'stop' && text === ''))
    throw new AiError('bad_answer', { usage: used && usage });
  return {
    text,
    model: response.modelVersion ?? model,
    usage,
    finish,
  };
}

function finishOf(reason: FinishReason | undefined): AiCompletion['finish'] {
  if (reason === undefined || reason === FinishReason.STOP) return 'stop';
  return reason === FinishReason.MAX_TOKENS ? 'length' : 'refused';
}

/** The SDK puts the body of an error into its message, as JSON. */
function failure({ status, message }: ApiError, retryAfter: string | null): AiError {
  let body: ErrorBody = {};
  try {
    body = JSON.parse(message) as ErrorBody;
  } catch {
    // A proxy's page in place of Google's JSON: the status says enough.
  }
  const details = Array.isArray(body.error?.details) ? body.error.details : [];
  if (details.some(({ reason }) => reason === 'API_KEY_INVALID'))
    return new AiError('invalid_credentials', { status });
  const delay = details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay?.replace(/s$/, '');
  return new AiError(failureOfStatus(status), {
    status,
    retryAfterMs: retryAfterMs(retryAfter ?? delay, Date.now()),
  });
}
