import { getAiSettings } from '@mozarela/contract/ai';
import { useQuery } from '@tanstack/react-query';
import { call } from './call.ts';

export const AI_SETTINGS_KEY = ['clinic', 'ai'] as const;

/** Whether a language model is set up, allowed by the clinic, and how much of it was used today. */
export function useAiSettings() {
  return useQuery({
    queryKey: AI_SETTINGS_KEY,
    queryFn: ({ signal }) => call(getAiSettings, { signal }),
  });
}
