import { putOutcome } from '@mozarela/contract/cases';
import { call } from '../../../lib/call.ts';
import { useRecordMutation } from './useRecordMutation.ts';

export const usePutOutcome = (id: string) =>
  useRecordMutation(id, (diagnosis: string) => call(putOutcome, { params: { id }, body: { diagnosis } }));
