import { addAddendum } from '@mozarela/contract/cases';
import { call } from '../../../lib/call.ts';
import { useRecordMutation } from './useRecordMutation.ts';

export const useAddAddendum = (id: string) =>
  useRecordMutation(id, (text: string) => call(addAddendum, { params: { id }, body: { text } }));
