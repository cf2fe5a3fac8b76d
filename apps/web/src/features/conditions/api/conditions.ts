import { useQuery } from '@tanstack/react-query';
import { loadCondition, loadConditions } from '../../../lib/engine/client.ts';

/** Comes with the page and does not change while it is open. */
const FIXED = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const;

export function useConditions() {
  return useQuery({ queryKey: ['conditions', 'list'], queryFn: loadConditions, ...FIXED });
}

/** The page of one condition; null when the knowledge base does not hold it. */
export function useCondition(id: string) {
  return useQuery({ queryKey: ['conditions', 'page', id], queryFn: () => loadCondition(id), ...FIXED });
}
