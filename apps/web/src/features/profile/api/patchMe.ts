import { patchMe } from '@mozarela/contract/auth';
import type { RouteBodyInput } from '@mozarela/contract/route';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';
import { ME_KEY } from '../../../lib/me.ts';

export function usePatchMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RouteBodyInput<typeof patchMe>) => call(patchMe, { body }),
    onSuccess: (me) => client.setQueryData(ME_KEY, me),
  });
}
