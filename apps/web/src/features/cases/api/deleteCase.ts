import { deleteCase } from '@mozarela/contract/cases';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';
import { caseQuery } from '../../../lib/caseQuery.ts';

export function useDeleteCase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(deleteCase, { params: { id } }),
    onSuccess: (_, id) => {
      client.removeQueries({ queryKey: caseQuery(id).queryKey });
      return client.invalidateQueries({ queryKey: ['cases', 'list'] });
    },
  });
}
