import { listCaseEvents } from '@mozarela/contract/cases';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';

const SHOWN = 50;

export function useCaseEvents(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['cases', 'events', id],
    queryFn: ({ signal }) => call(listCaseEvents, { params: { id }, query: { limit: SHOWN }, signal }),
    enabled,
  });
}
