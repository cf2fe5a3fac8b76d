import { patchCase } from '@mozarela/contract/cases';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';
import { caseQuery } from '../../../lib/caseQuery.ts';
import type { CaseBody } from '../lib/draft.ts';

type Change = { id: string; version: number; body: CaseBody };

export function useUpdateCase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, body }: Change) =>
      call(patchCase, { params: { id }, body, ifMatch: version }),
    onSuccess: (record) => {
      client.setQueryData(caseQuery(record.id).queryKey, record);
      void client.invalidateQueries({ queryKey: ['cases'] });
    },
  });
}
