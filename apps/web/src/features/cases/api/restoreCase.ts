import { restoreCase } from '@mozarela/contract/cases';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useRestoreCase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(restoreCase, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['cases', 'list'] }),
  });
}
