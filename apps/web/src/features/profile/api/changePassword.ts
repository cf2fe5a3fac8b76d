import { changePassword } from '@mozarela/contract/auth';
import type { RouteBodyInput } from '@mozarela/contract/route';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RouteBodyInput<typeof changePassword>) => call(changePassword, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
}
