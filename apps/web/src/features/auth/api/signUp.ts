import { register } from '@mozarela/contract/auth';
import type { RouteBodyInput } from '@mozarela/contract/route';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';
import { ME_KEY } from '../../../lib/me.ts';

export function useSignUp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RouteBodyInput<typeof register>) => call(register, { body }),
    onSuccess: ({ user, csrfToken }) => {
      client.setQueryData(ME_KEY, { ...user, csrfToken });
      void client.invalidateQueries({ queryKey: ['installation'] });
    },
  });
}
