import { listProtocols } from '@mozarela/contract/protocols';
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

/** The clinic's protocols, for their own page and for the case page that runs them. */
export const protocolsQuery = queryOptions({
  queryKey: ['protocols', 'list'],
  queryFn: ({ signal }) => call(listProtocols, { signal }),
});
