import { adminQueue } from '@mozarela/contract/admin';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useAdminQueue() {
  return useInfiniteQuery({
    queryKey: ['admin', 'queue'],
    queryFn: ({ pageParam, signal }) =>
      call(adminQueue, { query: { cursor: pageParam ?? undefined }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
