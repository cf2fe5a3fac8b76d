import { adminToggleAdmin } from '@mozarela/contract/admin';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useToggleAdmin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(adminToggleAdmin, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['admin'] }),
  });
}
