import { getProtocolVersion } from '@mozarela/contract/protocols';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

/** A version's text, which the list of versions leaves out. */
export const readProtocolVersion = (id: string, version: number) =>
  call(getProtocolVersion, { params: { id, version: String(version) } });

export function useReadProtocolVersion(id: string) {
  return useMutation({ mutationFn: (version: number) => readProtocolVersion(id, version) });
}
