import { expect, it } from 'vitest';
import { cacheContract } from './contract.ts';
import { memoryCache } from './memory.ts';

let passed = 0;
cacheContract(
  'memory',
  () => memoryCache(() => Date.now() + passed),
  async (ms) => {
    passed += ms;
  },
);

it('the cache of a process is bounded: what was written longest ago goes first', async () => {
  const cache = memoryCache(Date.now);
  for (let n = 0; n <= 10_000; n += 1) await cache.set(String(n), 'x', 60_000);
  expect([await cache.get('0'), await cache.get('1'), await cache.get('10000')]).toEqual([null, 'x', 'x']);
});
