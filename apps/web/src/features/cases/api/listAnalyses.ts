import { type Analysis, listAnalyses } from '@mozarela/contract/analyses';
import type { RouteAnswer } from '@mozarela/contract/route';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export const analysesKey = (caseId: string) => ['cases', 'analyses', caseId] as const;

/** Stored analyses of a case, newest first. */
export function useAnalyses(caseId: string) {
  return useQuery({
    queryKey: analysesKey(caseId),
    queryFn: ({ signal }) => call(listAnalyses, { params: { id: caseId }, signal }),
  });
}

/** Shows an analysis that the server answered with at once, in the place of its earlier state or as the newest. */
export function putAnalysis(client: QueryClient, analysis: Analysis): void {
  client.setQueryData<RouteAnswer<typeof listAnalyses>>(analysesKey(analysis.caseId), (shown) => {
    if (!shown) return shown;
    const known = shown.items.some(({ id }) => id === analysis.id);
    const items = known
      ? shown.items.map((item) => (item.id === analysis.id ? analysis : item))
      : [analysis, ...shown.items];
    return { ...shown, items };
  });
}
