import { listSessions } from '@mozarela/contract/auth';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useSessions() {
  return useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => call(listSessions, { signal }),
  });
}
