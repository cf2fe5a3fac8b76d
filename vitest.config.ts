import { globSync, readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that drive the running application over HTTP: in the form of a cluster they are the same tests. */
const API_TESTS = globSync('apps/server/{src/{features,http},test}/**/*.test.ts').filter((file) =>
  /harness\.ts'/.test(readFileSync(file, 'utf8')),
);
/** Tests of one process: its end, its disk, its command line. How a cluster stops and fails has tests of its own. */
const NOT_OF_A_CLUSTER = ['**/*.cluster.test.ts', '**/*.single.test.ts'];

/** Real servers and browsers on a shared machine: a test that fails twice has failed. */
const SECOND_TRY = 1;

/** The API tests and the browser's against API processes and workers behind nginx, on real servers. */
const clusterProject = (name: string, setup: string) => ({
  test: {
    name,
    include: [...API_TESTS, 'e2e/*.test.ts'],
    exclude: [...configDefaults.exclude, ...NOT_OF_A_CLUSTER],
    globalSetup: [setup, 'e2e/support/global-setup.ts'],
    // Each file has an installation of its own on the shared servers, and much of it is waiting.
    maxWorkers: 2,
    retry: SECOND_TRY,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

/**
 * Unit, contract and API tests run in parallel; browser tests, and tests with real servers, share two
 * cores, so one file at a time. `npm test` runs unit and e2e; `npm run test:cluster` the test bed and the tests of
 * scaled adapters, `*.cluster.test.ts`.
 */
export default defineConfig({
  test: {
    reporters: ['default', './scripts/summary-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/**/*.test.ts',
            'apps/server/**/*.test.ts',
            'apps/web/src/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: [...configDefaults.exclude, '**/*.cluster.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'e2e',
          retry: SECOND_TRY,
          include: ['e2e/*.test.ts'],
          globalSetup: ['e2e/support/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'testbed',
          retry: SECOND_TRY,
          include: ['testbed/**/*.test.ts', 'apps/server/**/*.cluster.test.ts'],
          // Each file has servers of its own, and mostly waits for them.
          maxWorkers: 4,
          testTimeout: 120_000,
          // A hook may have to install Debian packages first.
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'cluster-e2e',
          retry: SECOND_TRY,
          include: ['e2e/cluster/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      clusterProject('cluster', 'testbed/setup-redis-single.ts'),
      clusterProject('cluster-redis-cluster', 'testbed/setup-redis-cluster.ts'),
    ],
  },
});
