import { expect, it } from 'vitest';
import { startAiPeer } from '../../../../../testbed/ai-peer.ts';
import { aiProviderContract, question } from './contract.ts';
import { openAiCompatibleProvider } from './openai-compatible.ts';

aiProviderContract('openai-compatible', (peer, opening) =>
  openAiCompatibleProvider({ baseUrl: peer.openAiUrl, ...opening }),
);

it('states the schema in words to an endpoint without structured output, and remembers it', async () => {
  await using peer = await startAiPeer();
  const provider = openAiCompatibleProvider({
    apiKey: peer.key,
    baseUrl: peer.openAiUrl,
    model: 'model-a',
    fallbackModel: null,
  });
  peer.always({ kind: 'no_schema', answer: { word: 'otitis' } });
  for (let i = 0; i < 2; i += 1)
    expect(JSON.parse((await provider.complete(question())).text)).toEqual({ word: 'otitis' });
  expect(peer.requests.map(({ schema }) => schema !== null)).toEqual([true, false, false]);
  expect(peer.requests[1]!.body).toContain('json_object');
  expect(peer.requests[1]!.system).toContain('"additionalProperties":false');
});
