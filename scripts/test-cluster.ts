/**
 * `npm run test:cluster [-- word ...]`: every test that needs real servers, one project after the other, so that no
 * two sets of servers share the machine. Words pick the files whose path contains one of them.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
/** The test bed and the adapters; the failures of a cluster; API and browser tests on a cluster, with Redis in two shapes. */
const PROJECTS = ['testbed', 'cluster-e2e', 'cluster', 'cluster-redis-cluster'];

let failed = false;
for (const project of PROJECTS) {
  const started = performance.now();
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--passWithNoTests',
    ...words,
  ];
  const { status } = spawnSync(process.execPath, vitest, { cwd: root, stdio: 'inherit' });
  console.warn(`${project}: ${Math.round((performance.now() - started) / 1000)} s`);
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
