import { createProtocol } from '@mozarela/contract/protocols';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useCreateProtocol() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; csv: string }) => call(createProtocol, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['protocols'] }),
  });
}
