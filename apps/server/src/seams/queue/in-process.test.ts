import { carrierContract } from './contract.ts';
import { inProcessCarrier } from './in-process.ts';

carrierContract('in-process', async () => inProcessCarrier());
