/** The case as one line of JSON between two lines that hold a nonce, so that no text of a case can end the fence. */
import type { AiPayload } from '../payload.ts';

export const fenced = (payload: AiPayload, nonce: string, request: string): string => `The case, as data:
<<<case ${nonce}
${JSON.stringify(payload)}
case ${nonce}>>>
${request}`;
