import { getCase } from '@mozarela/contract/cases';
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

/** One case, shared by its page and the workbench that edits or rechecks it. */
export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['cases', 'one', id],
    queryFn: ({ signal }) => call(getCase, { params: { id }, signal }),
  });
