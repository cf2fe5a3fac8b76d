/** The provider of a language model, when one is set; its SDK is loaded only then. */
import type { AiLimits } from '../config/ai.ts';
import type { AiParts } from '../config/parts.ts';
import { geminiProvider } from '../seams/ai/gemini.ts';
import { openAiCompatibleProvider } from '../seams/ai/openai-compatible.ts';
import type { AiProvider } from '../seams/ai/port.ts';
import { resilientProvider } from '../seams/ai/resilient.ts';

const OPENAI = 'https://api.openai.com/v1';

export function aiProvider(parts: AiParts, { concurrency, retryDelayMs }: AiLimits): AiProvider {
  const { provider, apiKey, baseUrl, model, fallbackModel } = parts;
  const adapter =
    provider === 'gemini'
      ? geminiProvider({ apiKey: apiKey ?? '', baseUrl, model, fallbackModel })
      : openAiCompatibleProvider({ apiKey, baseUrl: baseUrl ?? OPENAI, model, fallbackModel });
  return resilientProvider(adapter, { concurrency, baseDelayMs: retryDelayMs });
}
