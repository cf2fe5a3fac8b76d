import { adminReports } from '@mozarela/contract/reports';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useAdminReports(status: 'open' | 'done') {
  return useInfiniteQuery({
    queryKey: ['admin', 'reports', status],
    queryFn: ({ pageParam, signal }) =>
      call(adminReports, { query: { status, cursor: pageParam ?? undefined }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
