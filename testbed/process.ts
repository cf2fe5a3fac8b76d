/** Starts a server as a private child, waits until it answers, and makes it stop, die, freeze and come back. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { signalTree } from './process-tree.ts';
import { forgetGroup, reapAtExit } from './reaper.ts';
import { serverUser } from './run-folder.ts';

/** What can be done to any server. `start` also brings back what was stopped or killed, with its data. */
export interface Service extends AsyncDisposable {
  readonly name: string;
  /** Process id while it runs. */
  readonly pid: number | undefined;
  /** Everything it printed. */
  readonly logFile: string;
  /** Starts it and resolves when it answers. */
  start(): Promise<void>;
  /** Ends it the ordinary way; by force when that takes too long. Nothing happens if it does not run. */
  stop(): Promise<void>;
  /** `kill -9` of it and all its children: the power cut. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** SIGSTOP to all its processes: connections stay open and nothing answers, as behind a partition. */
  freeze(): void;
  unfreeze(): void;
}

export interface ServiceSpec {
  name: string;
  /** Private folder: working directory, HOME and place of the log. */
  folder: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Resolves to true when the server answers in its own protocol; false or a rejection means not yet. */
  ready: () => Promise<boolean>;
  stopSignal?: NodeJS.Signals;
  readyWithinMs?: number;
  stopWithinMs?: number;
}

/** Nothing of the caller's environment reaches a server: PGHOST or NODE_OPTIONS would change it. */
function environment(folder: string, extra: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: folder,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...extra,
  };
}

/**
 * Polls until a condition holds.
 * @param what completes "waited for ..." in the error
 * @param check true when it holds; a rejection counts as not yet
 * @param options.giveUp a reason to stop before the time is over
 * @throws when the time is over, with the last rejection as cause
 */
export async function until(
  what: string,
  check: () => Promise<boolean> | boolean,
  options: { withinMs?: number; everyMs?: number; giveUp?: () => string | undefined } = {},
): Promise<void> {
  const { withinMs = 15_000, everyMs = 20, giveUp } = options;
  const deadline = performance.now() + withinMs;
  let cause: unknown;
  for (;;) {
    try {
      if (await check()) return;
    } catch (error) {
      cause = error;
    }
    const reason = giveUp?.();
    if (reason) throw new Error(`waited for ${what}: ${reason}`, { cause });
    if (performance.now() > deadline) {
      throw new Error(`waited ${withinMs} ms in vain for ${what}`, { cause });
    }
    await sleep(everyMs);
  }
}

/**
 * Runs a command to its end, as the unprivileged user.
 * @returns what it printed on standard output
 * @throws with what it printed on standard error
 */
export async function run(
  command: string,
  args: string[],
  options: { folder: string; env?: Record<string, string>; withinMs?: number },
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, {
      ...serverUser(),
      cwd: options.folder,
      env: environment(options.folder, options.env),
      timeout: options.withinMs ?? 60_000,
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stderr, stdout, message } = error as Error & { stderr?: string; stdout?: string };
    throw new Error(`${command}: ${message.split('\n')[0]}\n${stderr || stdout || ''}`, { cause: error });
  }
}

interface Running {
  pid: number;
  exited: Promise<string>;
  /** How it ended, once it has. */
  ending?: string;
}

function launch(spec: ServiceSpec, logFile: string): Running {
  const log = openSync(logFile, 'a', 0o600);
  let child: ChildProcess;
  try {
    child = spawn(spec.command, spec.args, {
      ...serverUser(),
      cwd: spec.folder,
      env: environment(spec.folder, spec.env),
      // Its own process group, so that a Ctrl-C meant for the tests does not end it before they are done.
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
  const pid = child.pid ?? 0;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exited with code ${code}`));
  });
  child.unref();
  const running: Running = { pid, exited };
  if (pid) reapAtExit(pid);
  void exited.then((ending) => {
    running.ending = ending;
    if (!pid) return;
    signalTree(pid, 'SIGKILL'); // children it may have left behind in its group
    forgetGroup(pid);
  });
  return running;
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-20).join('\n');
}

/** Describes a server; nothing runs before `start()`. */
export function createService(spec: ServiceSpec): Service {
  const logFile = join(spec.folder, `${spec.name}.log`);
  let running: Running | undefined;

  async function waitForExit(process: Running, withinMs: number): Promise<boolean> {
    const stopWaiting = new AbortController();
    const timeout = sleep(withinMs, 'timeout', { signal: stopWaiting.signal }).catch(() => 'timeout');
    const first = await Promise.race([process.exited, timeout]);
    stopWaiting.abort();
    return first !== 'timeout';
  }

  const service: Service = {
    name: spec.name,
    logFile,
    get pid() {
      return running?.ending ? undefined : running?.pid;
    },
    async start() {
      if (service.pid) return;
      const started = launch(spec, logFile);
      running = started;
      try {
        const withinMs = spec.readyWithinMs ?? 15_000;
        await until(`${spec.name} to answer`, spec.ready, { withinMs, giveUp: () => started.ending });
      } catch (error) {
        await service.kill();
        throw new Error(`${(error as Error).message}\n${lastLines(logFile)}`, { cause: error });
      }
    },
    async stop() {
      const current = running;
      if (!current || current.ending) return;
      service.unfreeze();
      process.kill(current.pid, spec.stopSignal ?? 'SIGTERM');
      if (!(await waitForExit(current, spec.stopWithinMs ?? 10_000))) await service.kill();
    },
    async kill() {
      const current = running;
      if (!current || current.ending) return;
      signalTree(current.pid, 'SIGKILL');
      await waitForExit(current, 5_000);
    },
    async restart() {
      await service.stop();
      await service.start();
    },
    freeze() {
      if (service.pid) signalTree(service.pid, 'SIGSTOP');
    },
    unfreeze() {
      if (service.pid) signalTree(service.pid, 'SIGCONT');
    },
    [Symbol.asyncDispose]: () => service.stop(),
  };
  return service;
}
