import { createAnalysis } from '@mozarela/contract/analyses';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';
import { idempotencyKey } from '../../../lib/idempotencyKey.ts';
import { analysesKey } from './listAnalyses.ts';

type Run = { engine: 'knowledge' } | { engine: 'protocol'; protocolId: string };

export function useRunAnalysis(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Run) =>
      call(createAnalysis, { params: { id: caseId }, body, idempotencyKey: idempotencyKey() }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: analysesKey(caseId) }),
        client.invalidateQueries({ queryKey: ['cases', 'list'] }),
      ]),
  });
}
