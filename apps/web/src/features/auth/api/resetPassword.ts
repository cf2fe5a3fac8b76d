import { resetPassword } from '@mozarela/contract/auth';
import type { RouteBodyInput } from '@mozarela/contract/route';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useResetPassword() {
  return useMutation({
    mutationFn: (body: RouteBodyInput<typeof resetPassword>) => call(resetPassword, { body }),
  });
}
