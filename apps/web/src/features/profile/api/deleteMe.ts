import { deleteMe } from '@mozarela/contract/auth';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { call, forgetCsrfToken } from '../../../lib/call.ts';
import { forgetSession } from '../../../lib/me.ts';
import { removeStored } from '../../../lib/storage.ts';

export function useDeleteMe() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (password: string) => call(deleteMe, { body: { password } }),
    onSuccess: () => {
      removeStored('draft');
      forgetCsrfToken();
      void navigate('/');
      forgetSession(client);
    },
  });
}
