import { limitsContract } from './contract.ts';
import { memoryLimits } from './memory.ts';

limitsContract('memory', async () => memoryLimits());
