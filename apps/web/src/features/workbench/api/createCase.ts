import { createCase } from '@mozarela/contract/cases';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { call } from '../../../lib/call.ts';
import { caseQuery } from '../../../lib/caseQuery.ts';
import { idempotencyKey } from '../../../lib/idempotencyKey.ts';
import type { CaseBody } from '../lib/draft.ts';

type NewCase = CaseBody & { patientId?: string };

/** Saves a new case. Pressing save again after a lost answer does not make a second one. */
export function useCreateCase() {
  const client = useQueryClient();
  const sent = useRef({ content: '', key: '' });
  return useMutation({
    mutationFn: (body: NewCase) => {
      const content = JSON.stringify(body);
      if (sent.current.content !== content) sent.current = { content, key: idempotencyKey() };
      return call(createCase, { body, idempotencyKey: sent.current.key });
    },
    onSuccess: (record) => {
      client.setQueryData(caseQuery(record.id).queryKey, record);
      void client.invalidateQueries({ queryKey: ['cases', 'list'] });
    },
  });
}
