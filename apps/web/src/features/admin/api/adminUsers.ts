import { adminUsers } from '@mozarela/contract/admin';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useAdminUsers(q: string) {
  return useInfiniteQuery({
    queryKey: ['admin', 'users', q],
    queryFn: ({ pageParam, signal }) =>
      call(adminUsers, { query: { q: q || undefined, cursor: pageParam ?? undefined }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });
}
