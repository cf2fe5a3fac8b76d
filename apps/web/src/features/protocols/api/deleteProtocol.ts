import { deleteProtocol } from '@mozarela/contract/protocols';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useDeleteProtocol() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(deleteProtocol, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['protocols'] }),
  });
}
