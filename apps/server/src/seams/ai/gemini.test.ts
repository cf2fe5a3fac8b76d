import { expect, it } from 'vitest';
import { startAiPeer } from '../../../../../testbed/ai-peer.ts';
import { aiProviderContract, failureOf, question } from './contract.ts';
import { geminiProvider } from './gemini.ts';

aiProviderContract('gemini', (peer, opening) => geminiProvider({ baseUrl: peer.geminiUrl, ...opening }));

it("reads how long to wait from Google's body when no header says it", async () => {
  await using peer = await startAiPeer();
  const options = { apiKey: peer.key, baseUrl: peer.geminiUrl, model: 'model-a', fallbackModel: null };
  peer.always({ kind: 'rate_limited' });
  expect((await failureOf(geminiProvider(options).complete(question()))).retryAfterMs).toBe(7000);
});
