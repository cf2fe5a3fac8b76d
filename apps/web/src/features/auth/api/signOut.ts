import { logout } from '@mozarela/contract/auth';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { hasCode } from '../../../lib/apiError.ts';
import { call, forgetCsrfToken } from '../../../lib/call.ts';
import { forgetSession } from '../../../lib/me.ts';
import { removeStored } from '../../../lib/storage.ts';

/** Ends the session and clears the drafts: the next person at this computer must not find them. */
export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      try {
        await call(logout);
      } catch (error) {
        if (!hasCode(error, 'unauthenticated')) throw error;
      }
    },
    onSuccess: () => {
      removeStored('draft');
      forgetCsrfToken();
      void navigate('/');
      forgetSession(client);
    },
  });
}
