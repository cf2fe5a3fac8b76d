/** A whole installation: API processes and workers on real servers, behind the nginx of deploy/. */
import type { Nginx } from './nginx.ts';
import { startInstallationNginx } from './nginx-installation.ts';
import { reservePort } from './ports.ts';
import { type Program, startProgram } from './program.ts';

export interface InstanceProgram extends Program {
  /** The instance itself, past nginx; a worker serves only its operations port. */
  readonly url: string;
  readonly operationsUrl: string;
}

export interface Installation extends AsyncDisposable {
  /** nginx. */
  readonly url: string;
  readonly nginx: Nginx;
  readonly apis: readonly InstanceProgram[];
  readonly workers: readonly InstanceProgram[];
  /** Ends every process with SIGKILL; the servers stay. */
  stop(): Promise<void>;
}

export interface InstallationOptions {
  /** Of `startServers().settings`, and more. */
  settings: Record<string, string>;
  apis?: number;
  workers?: number;
  entry?: string;
}

/** One process on ports of its own. */
export async function startInstance(
  role: 'api' | 'worker',
  settings: Record<string, string>,
  entry?: string,
): Promise<InstanceProgram> {
  const [port, operationsPort] = [await reservePort(), await reservePort()];
  const url = `http://127.0.0.1:${port}`;
  const operationsUrl = `http://127.0.0.1:${operationsPort}`;
  const own = { PORT: String(port), METRICS_PORT: String(operationsPort), TRUST_PROXY: '1' };
  const healthUrl = `${role === 'api' ? url : operationsUrl}/_health`;
  const program = await startProgram({ role, env: { ...settings, ...own }, healthUrl, entry });
  // Onto the program itself: a copy would freeze its `pid`.
  return Object.assign(program, { url, operationsUrl });
}

/** Starts 3 API processes and 2 workers, unless told otherwise, and nginx in front. */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { settings, apis: apiCount = 3, workers: workerCount = 2, entry } = options;
  const roles = [...Array(apiCount).fill('api'), ...Array(workerCount).fill('worker')] as (
    | 'api'
    | 'worker'
  )[];
  const outcomes = await Promise.allSettled(roles.map((role) => startInstance(role, settings, entry)));
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  const killAll = async () => {
    await Promise.all(started.map((program) => program.kill()));
  };
  if (failed) {
    await killAll();
    throw failed.reason;
  }
  const [apis, workers] = [started.slice(0, apiCount), started.slice(apiCount)];
  const nginx = await startInstallationNginx(
    apis.map(({ url }) => ({ host: '127.0.0.1', port: Number(new URL(url).port) })),
  );
  const stop = async () => {
    await killAll();
    await nginx.stop();
  };
  return { url: nginx.url, nginx, apis, workers, stop, [Symbol.asyncDispose]: stop };
}
