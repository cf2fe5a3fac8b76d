import { createAnalysis } from '@mozarela/contract/analyses';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AI_SETTINGS_KEY } from '../../../lib/aiSettings.ts';
import { call } from '../../../lib/call.ts';
import { idempotencyKey } from '../../../lib/idempotencyKey.ts';
import { putAnalysis } from './listAnalyses.ts';

/** Sends the case to the language model: whoever calls this has shown the payload and was told to go on. */
export function useAskAi(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      call(createAnalysis, {
        params: { id: caseId },
        body: { engine: 'ai', consent: true },
        idempotencyKey: idempotencyKey(),
      }),
    onSuccess: (analysis) => {
      putAnalysis(client, analysis);
      void client.invalidateQueries({ queryKey: ['cases', 'list'] });
      void client.invalidateQueries({ queryKey: AI_SETTINGS_KEY });
    },
    // The switch may have been turned in the meantime.
    onError: () => client.invalidateQueries({ queryKey: AI_SETTINGS_KEY }),
  });
}
