import { aiPreview } from '@mozarela/contract/ai';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

/** What would leave for the provider. Asked anew for each version of the case, and never shown from memory. */
export function useAiPreview(caseId: string, version: number, enabled: boolean) {
  return useQuery({
    queryKey: ['cases', 'ai-preview', caseId, version],
    queryFn: ({ signal }) => call(aiPreview, { params: { id: caseId }, signal }),
    enabled,
    gcTime: 0,
  });
}
