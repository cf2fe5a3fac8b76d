import { limitsContract } from './contract.ts';
import { memoryLimits } from './memory.ts';

let passed = 0;
limitsContract(
  'memory',
  () => memoryLimits(() => Date.now() + passed),
  async (ms) => {
    passed += ms;
  },
);
