import { deleteAttachment } from '@mozarela/contract/attachments';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';
import { caseQuery } from '../../../lib/caseQuery.ts';

/** Takes a file out of a case. */
export function useRemoveAttachment(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(deleteAttachment, { params: { id } }),
    // The case's version has changed with it.
    onSuccess: async () => {
      void client.invalidateQueries({ queryKey: ['cases', 'events', caseId] });
      await client.invalidateQueries({ queryKey: caseQuery(caseId).queryKey });
    },
  });
}
