import { signCase } from '@mozarela/contract/cases';
import { call } from '../../../lib/call.ts';
import { useRecordMutation } from './useRecordMutation.ts';

/** Signs the version that the person has seen. */
export const useSignCase = (id: string) =>
  useRecordMutation(id, (version: number) => call(signCase, { params: { id }, ifMatch: version }));
