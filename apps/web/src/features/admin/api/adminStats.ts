import { adminStats } from '@mozarela/contract/admin';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useAdminStats() {
  return useQuery({ queryKey: ['admin', 'stats'], queryFn: ({ signal }) => call(adminStats, { signal }) });
}
