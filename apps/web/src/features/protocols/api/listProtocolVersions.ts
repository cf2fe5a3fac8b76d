import { listProtocolVersions } from '@mozarela/contract/protocols';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useProtocolVersions(id: string) {
  return useQuery({
    queryKey: ['protocols', 'versions', id],
    queryFn: ({ signal }) => call(listProtocolVersions, { params: { id }, signal }),
  });
}
