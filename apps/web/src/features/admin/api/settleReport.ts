import { adminSettleReport } from '@mozarela/contract/reports';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useSettleReport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, done }: { id: string; done: boolean }) =>
      call(adminSettleReport, { params: { id }, body: { done } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['admin', 'reports'] }),
  });
}
