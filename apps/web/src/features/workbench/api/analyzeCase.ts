import { createAnalysis } from '@mozarela/contract/analyses';
import { call } from '../../../lib/call.ts';
import { idempotencyKey } from '../../../lib/idempotencyKey.ts';

/** Has the server store the built-in engine's answer with the case, so that it is found again as it was. */
export function analyzeCase(id: string) {
  return call(createAnalysis, {
    params: { id },
    body: { engine: 'knowledge' },
    idempotencyKey: idempotencyKey(),
  });
}
