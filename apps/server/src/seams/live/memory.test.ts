import { liveContract } from './contract.ts';
import { memoryLive } from './memory.ts';

liveContract('memory', async () => {
  const live = memoryLive();
  return [live, live];
});
