import { createAnalysis } from '@mozarela/contract/analyses';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AI_SETTINGS_KEY } from '../../../lib/aiSettings.ts';
import { call } from '../../../lib/call.ts';
import { idempotencyKey } from '../../../lib/idempotencyKey.ts';
import { putAnalysis } from './listAnalyses.ts';

export type AiRequest = {
  /** Files that go along; each was agreed to by itself. */
  attachments: string[];
  /** A protocol's analysis to comment on, in place of ranking the case. */
  commentOn?: string;
};

/**
 * Sends the case to the language model: whoever calls this has shown the payload and was told to go on.
 * @param caseVersion of the case whose payload was shown
 */
export function useAskAi(caseId: string, caseVersion: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ attachments, commentOn }: AiRequest) =>
      call(createAnalysis, {
        params: { id: caseId },
        body: {
          engine: 'ai',
          consent: true,
          caseVersion,
          commentOn,
          ...(attachments.length > 0 && { attachments, consentAttachments: true }),
        },
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
