import { putProtocol } from '@mozarela/contract/protocols';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

type Replacement = { id: string; name: string; csv: string };

/** Saves a new version; earlier ones stay. */
export function usePutProtocol() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Replacement) => call(putProtocol, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['protocols'] }),
  });
}
