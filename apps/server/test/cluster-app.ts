/** The application as a cluster: API processes and workers behind nginx, on the servers that the test run started. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIsolated } from '../../../testbed/isolated.ts';
import { parseConfig } from '../src/config.ts';
import { s3Blobs } from '../src/seams/blobs/s3.ts';
import type { Files, Installed } from './harness.ts';

const ENTRY = 'apps/server/test/instance.ts';

function filesInS3(settings: Record<string, string>): Files {
  const blobs = s3Blobs(parseConfig(settings).parts.s3!);
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of blobs.list('')) found.push(key);
    return found;
  };
  return {
    hidesParts: true,
    list: keys,
    async remove(name) {
      for (const key of await keys()) if (key === name) await blobs.delete(key);
    },
  };
}

/**
 * @param servers settings that lead to the shared servers
 * @param env settings of this application
 */
export async function startClusterApp(
  servers: Record<string, string>,
  env: Record<string, string>,
): Promise<Installed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mozarela-cluster-'));
  const clock = join(dataDir, 'clock');
  const setClock = (ms: number) => writeFileSync(clock, String(ms));
  setClock(0);
  // Nobody waits for a balancer's health check here.
  const own = { CLOCK_FILE: clock, SHUTDOWN_GRACE_MS: '0' };
  const installation = await startIsolated(servers, { ...own, ...env }, ENTRY);
  const programs = [...installation.apis, ...installation.workers];
  return {
    url: installation.url,
    instanceUrl: installation.apis[0]!.url,
    dataDir,
    get logs() {
      return programs.flatMap(({ lines }) => lines);
    },
    files: filesInS3(installation.settings),
    setClock,
    async restart() {
      await Promise.all(programs.map((program) => program.stop()));
      await Promise.all(programs.map((program) => program.start()));
    },
    async close() {
      await installation.dispose();
      rmSync(dataDir, { recursive: true });
    },
  };
}
