import { adminDropJob } from '@mozarela/contract/admin';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useDropJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(adminDropJob, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['admin'] }),
  });
}
