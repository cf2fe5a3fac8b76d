import { installation } from '@mozarela/contract/auth';
import { useQuery } from '@tanstack/react-query';
import { call } from './call.ts';

/** What kind of installation this is: fresh, open, with AI, and its knowledge version. */
export function useInstallation() {
  return useQuery({
    queryKey: ['installation'],
    queryFn: ({ signal }) => call(installation, { signal }),
    staleTime: 5 * 60_000,
  });
}
