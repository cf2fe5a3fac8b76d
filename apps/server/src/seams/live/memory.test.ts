import { createLog } from '../../telemetry/log.ts';
import { liveContract } from './contract.ts';
import { memoryLive } from './memory.ts';

liveContract('memory', async () => {
  const live = memoryLive(createLog({ level: 'silent', format: 'json' }));
  return [live, live];
});
