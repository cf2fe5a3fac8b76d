import { useQuery } from '@tanstack/react-query';
import { loadKnowledge } from './client.ts';

/** Breeds, findings and version of the knowledge base; loads the engine as a side effect. */
export function useKnowledge() {
  return useQuery({
    queryKey: ['knowledge'],
    queryFn: loadKnowledge,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}
