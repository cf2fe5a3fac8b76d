import type { CaseRecord } from '@mozarela/contract/cases';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { caseQuery } from '../../../lib/caseQuery.ts';

/** A change of a record whose answer is the record: the page shows it at once, lists and events follow. */
export function useRecordMutation<Input>(id: string, send: (input: Input) => Promise<CaseRecord>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (record) => {
      client.setQueryData(caseQuery(id).queryKey, record);
      void client.invalidateQueries({ queryKey: ['cases', 'list'] });
      void client.invalidateQueries({ queryKey: ['cases', 'events', id] });
    },
  });
}
