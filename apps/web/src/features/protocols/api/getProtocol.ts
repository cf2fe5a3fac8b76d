import { getProtocol } from '@mozarela/contract/protocols';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

export const protocolQuery = (id: string) =>
  queryOptions({
    queryKey: ['protocols', 'one', id],
    queryFn: ({ signal }) => call(getProtocol, { params: { id }, signal }),
  });
