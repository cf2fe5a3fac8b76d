/** The provider of a language model, when one is set. Nothing is asked that costs, and no case is needed. */
import type { AiProvider } from '../seams/ai/port.ts';
import type { Check } from './check.ts';

const ADVICE =
  'Look at GOOGLE_API_KEY and GOOGLE_API_BASE_URL, or OPENAI_API_KEY and OPENAI_BASE_URL, and at AI_MODEL. Everything but the ai engine works without it.';

export const aiChecks = (ai: AiProvider | null): Check[] =>
  ai === null
    ? []
    : [
        {
          part: 'ai',
          adapter: ai.adapter,
          advice: ADVICE,
          async run() {
            await ai.ping();
            return `took the key; ${ai.models.primary} answers analyses`;
          },
        },
      ];
