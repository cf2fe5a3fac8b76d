import { cancelAnalysis } from '@mozarela/contract/analyses';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { hasCode } from '../../../lib/apiError.ts';
import { call } from '../../../lib/call.ts';
import { analysesKey, putAnalysis } from './listAnalyses.ts';

/** Stops an analysis. One that finished in the meantime is shown instead. */
export function useCancelAnalysis(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      try {
        return await call(cancelAnalysis, { params: { id } });
      } catch (error) {
        if (hasCode(error, 'conflict')) return null;
        throw error;
      }
    },
    onSuccess: async (analysis) => {
      if (analysis) putAnalysis(client, analysis);
      else await client.invalidateQueries({ queryKey: analysesKey(caseId) });
    },
  });
}
