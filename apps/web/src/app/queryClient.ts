import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, hasCode } from '../lib/apiError.ts';
import { ME_KEY } from '../lib/me.ts';

/** A session that ended anywhere ends everywhere: pages that need one then show the sign-in, drafts stay. */
function onError(error: unknown): void {
  if (hasCode(error, 'unauthenticated')) queryClient.setQueryData(ME_KEY, null);
}

/** Refusals do not change by asking again; lost connections and busy servers do. */
function worthRetrying(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: { retry: worthRetrying, staleTime: 10_000, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
