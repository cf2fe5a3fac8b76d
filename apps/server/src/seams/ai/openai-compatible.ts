/** Any endpoint that speaks OpenAI's chat completions: a hosted model, or Ollama, vLLM and their like in the house. */
import OpenAI from 'openai';
import type { ChatCompletion, ChatCompletionContentPart } from 'openai/resources/chat/completions';
import { failureOfConnection, failureOfStatus, retryAfterMs, withinTime } from './failures.ts';
import { type AiCompletion, AiError, type AiProvider, type AiRequest } from './port.ts';

export type OpenAiCompatibleOptions = {
  /** Null for endpoints that ask for none. */
  apiKey: string | null;
  /** With its version, as `https://api.openai.com/v1`. */
  baseUrl: string;
  model: string;
  fallbackModel: string | null;
};

type Format = 'json_schema' | 'json_object';

const PING_TIMEOUT_MS = 5000;

export function openAiCompatibleProvider(options: OpenAiCompatibleOptions): AiProvider {
  const sdk = new OpenAI({
    apiKey: options.apiKey ?? 'none',
    baseURL: options.baseUrl,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    // Retrying is `resilient.ts`, for all providers alike.
    maxRetries: 0,
    logLevel: 'off',
  });
  /** Models that refused a schema once; they are told the schema in words and asked for JSON. */
  const withoutSchema = new Set<string>();

  const ask = (request: AiRequest, format: Format, signal: AbortSignal) =>
    sdk.chat.completions.create(
      {
        model: request.model,
        temperature: 0,
        messages: [
          { role: 'system', content: systemOf(request, format) },
          { role: 'user', content: contentOf(request) },
        ],
        response_format:
          format === 'json_object'
            ? { type: 'json_object' }
            : { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: request.schema } },
      },
      { signal },
    );

  async function askInEitherFormat(request: AiRequest, signal: AbortSignal): Promise<ChatCompletion> {
    if (withoutSchema.has(request.model)) return ask(request, 'json_object', signal);
    try {
      return await ask(request, 'json_schema', signal);
    } catch (error) {
      if (!refusesSchema(error)) throw error;
      const answer = await ask(request, 'json_object', signal);
      withoutSchema.add(request.model);
      return answer;
    }
  }

  return {
    adapter: 'openai-compatible',
    models: { primary: options.model, fallback: options.fallbackModel },
    complete: async (request) =>
      completionOf(
        await withinTime(request, (signal) => askInEitherFormat(request, signal), failure),
        request.model,
      ),
    async ping() {
      const limits = { signal: new AbortController().signal, timeoutMs: PING_TIMEOUT_MS };
      await withinTime(limits, (signal) => sdk.models.list({ signal }), failure);
    },
  };
}

/** An endpoint without structured output answers 400 or 422 to the format: worth one more try without it. */
const refusesSchema = (error: unknown): boolean =>
  error instanceof OpenAI.APIError && (error.status === 400 || error.status === 422);

function systemOf({ system, schema }: AiRequest, format: Format): string {
  if (format === 'json_schema') return system;
  return `${system}\n\nAnswer with one JSON object, and nothing else, that conforms to this JSON Schema:\n${JSON.stringify(schema)}`;
}

function contentOf({ user, attachments = [] }: AiRequest): string | ChatCompletionContentPart[] {
  if (attachments.length === 0) return user;
  const images = attachments.map(
    ({ mediaType, bytes }): ChatCompletionContentPart => ({
      type: 'image_url',
      image_url: { url: `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}` },
    }),
  );
  return [{ type: 'text', text: user }, ...images];
}

function completionOf(completion: ChatCompletion, model: string): AiCompletion {
  const choice = completion.choices?.[0];
  const used = completion.usage;
  const usage = { inputTokens: used?.prompt_tokens ?? 0, outputTokens: used?.completion_tokens ?? 0 };
  const bad = () => new AiError('bad_answer', { usage: used && usage });
  if (!choice?.message) throw bad();
  const text = choice.message.content ?? '';
  const refused = Boolean(choice.message.refusal) || choice.finish_reason === 'content_filter';
  const finish = refused ? 'refused' : choice.finish_reason === 'length' ? 'length' : 'stop';
  if (finish === 'stop' && text === '') throw bad();
  return {
    text,
    model: completion.model || model,
    usage,
    finish,
  };
}

function failure(error: unknown): AiError {
  if (!(error instanceof OpenAI.APIError) || error.status === undefined) return failureOfConnection(error);
  return new AiError(failureOfStatus(error.status), {
    status: error.status,
    retryAfterMs: retryAfterMs(error.headers?.get('retry-after'), Date.now()),
  });
}
