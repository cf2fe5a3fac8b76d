import { validateProtocol } from '@mozarela/contract/protocols';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

/** The server's check of a CSV; asked again for every text, the last answer stays until the next comes. */
export function useValidation(csv: string) {
  return useQuery({
    queryKey: ['protocol-check', csv],
    queryFn: ({ signal }) => call(validateProtocol, { body: { csv }, signal }),
    enabled: csv.trim() !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}
