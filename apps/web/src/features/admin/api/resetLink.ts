import { adminResetLink } from '@mozarela/contract/admin';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export function useResetLink() {
  return useMutation({ mutationFn: (id: string) => call(adminResetLink, { params: { id } }) });
}
