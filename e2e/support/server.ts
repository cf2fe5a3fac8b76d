/**
 * The real program as a child process, with a data directory and a port of its own; or, where the test run has started
 * servers, as a cluster behind nginx.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { startIsolated } from '../../testbed/isolated.ts';
import { reservePort } from '../../testbed/ports.ts';
import { startProgram } from '../../testbed/program.ts';
import '../../testbed/provided.ts';

export type RunningServer = {
  url: string;
  dataDir: string;
  /** Everything the process printed. */
  output: () => string;
  /** SIGTERM, and wait; gives the exit code. */
  stop: () => Promise<number | null>;
  /** SIGKILL, as a power cut would. */
  kill: () => Promise<void>;
};

export type ServerOptions = { dataDir?: string; env?: Record<string, string> };

/** One address plays many vets. */
const GENEROUS = { RATE_LIMIT_MAX: '100000' };

async function startCluster(
  servers: Record<string, string>,
  env: Record<string, string>,
): Promise<RunningServer> {
  const installation = await startIsolated(servers, { ...GENEROUS, ...env });
  const programs = [...installation.apis, ...installation.workers];
  return {
    url: installation.url,
    dataDir: '',
    output: () => programs.flatMap(({ lines }) => lines).join('\n'),
    stop: async () => {
      await installation.dispose();
      return 0;
    },
    kill: async () => {
      await Promise.all(programs.map((program) => program.kill()));
    },
  };
}

/** Starts `mozarela all`; generous limits unless `env` sets them. */
export async function startServer({ dataDir, env = {} }: ServerOptions = {}): Promise<RunningServer> {
  // The benchmark and the picture of the README start it outside a test run.
  const servers = process.env.VITEST ? inject('servers') : undefined;
  if (servers) return startCluster(servers, env);
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'mozarela-e2e-')));
  const url = `http://127.0.0.1:${await reservePort()}`;
  const own = { PORT: new URL(url).port, MOZARELA_DATA_DIR: folder };
  const program = await startProgram({ env: { ...own, ...GENEROUS, ...env }, healthUrl: `${url}/_health` });
  return {
    url,
    dataDir: folder,
    output: () => program.lines.join('\n'),
    stop: () => program.stop(),
    kill: () => program.kill(),
  };
}

/** Removes a data directory that a test made. */
export async function removeData({ dataDir }: RunningServer): Promise<void> {
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
}
