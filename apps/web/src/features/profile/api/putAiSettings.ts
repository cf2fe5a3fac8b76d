import { putAiSettings } from '@mozarela/contract/ai';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AI_SETTINGS_KEY } from '../../../lib/aiSettings.ts';
import { call } from '../../../lib/call.ts';

/** Allows language models for the clinic, or stops them; the server takes it from its owner only. */
export function usePutAiSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (enabled: boolean) => call(putAiSettings, { body: { enabled } }),
    onSuccess: (settings) => client.setQueryData(AI_SETTINGS_KEY, settings),
  });
}
