import { aiPreview } from '@mozarela/contract/ai';
import type { CaseRecord } from '@mozarela/contract/cases';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';
import type { AiRequest } from './askAi.ts';

/** What would leave for the provider. Asked anew for each version of the case and each choice of files. */
export function useAiPreview(
  { id, version }: CaseRecord,
  { attachments, commentOn }: AiRequest,
  enabled: boolean,
) {
  return useQuery({
    queryKey: ['cases', 'ai-preview', id, version, attachments, commentOn],
    queryFn: ({ signal }) => {
      const query = { attachments: attachments.join(',') || undefined, commentOn };
      return call(aiPreview, { params: { id }, query, signal });
    },
    enabled,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}
