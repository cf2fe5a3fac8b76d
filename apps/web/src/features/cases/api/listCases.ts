import { listCases } from '@mozarela/contract/cases';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';
import type { Filters } from '../components/useFilters.ts';

/** Pages of the clinic's cases, newest first; the next page starts at the server's cursor. */
export function useCaseList(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['cases', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      call(listCases, {
        query: {
          q: filters.q || undefined,
          species: filters.species ?? undefined,
          from: filters.from || undefined,
          to: filters.to || undefined,
          cursor: pageParam ?? undefined,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });
}
