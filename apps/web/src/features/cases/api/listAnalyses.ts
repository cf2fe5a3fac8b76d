import { listAnalyses } from '@mozarela/contract/analyses';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export const analysesKey = (caseId: string) => ['cases', 'analyses', caseId] as const;

/** Stored analyses of a case, newest first. */
export function useAnalyses(caseId: string) {
  return useQuery({
    queryKey: analysesKey(caseId),
    queryFn: ({ signal }) => call(listAnalyses, { params: { id: caseId }, signal }),
  });
}
