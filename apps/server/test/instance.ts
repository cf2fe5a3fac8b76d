/**
 * One process of the program for tests of a cluster: as main.ts, with a clock that the test moves by writing the
 * milliseconds that have passed into a file.
 */
import { readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { loadConfig } from '../src/config.ts';

const role = process.argv[2];
const clock = process.env.CLOCK_FILE ?? '';
const now = () => Date.now() + Number(readFileSync(clock, 'utf8'));

const { start } = (await import(`../src/roles/${role}.ts`)) as typeof import('../src/roles/all.ts');
const running = await start(loadConfig(), [], { now });
flushCompileCache();
process.on('SIGTERM', () => running.stop().then(() => process.exit(0)));
// The test is gone: nobody else would end this process.
process.on('disconnect', () => process.exit(1));
