import { exportMe } from '@mozarela/contract/auth';
import { useMutation } from '@tanstack/react-query';
import { callText } from '../../../lib/call.ts';
import { downloadText } from '../../../lib/download.ts';

/** Fetches all personal data and offers it as a file. */
export function useExportMe() {
  return useMutation({
    mutationFn: async () =>
      downloadText('mozarela-my-data.json', await callText(exportMe), 'application/json'),
  });
}
