import { putProtocol } from '@mozarela/contract/protocols';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';
import { readProtocolVersion } from './getProtocolVersion.ts';

/** Saves an earlier version as the newest one. */
export function useRestoreProtocolVersion(id: string) {
  const client = useQueryClient();
  return useMutation({
    async mutationFn(version: number) {
      const { name, csv } = await readProtocolVersion(id, version);
      return call(putProtocol, { params: { id }, body: { name, csv } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['protocols'] }),
  });
}
