/** The program itself as a child process: started, told to stop, killed, started again on the same port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from './process.ts';
import { forgetGroup, reapAtExit } from './reaper.ts';
import { createFolder } from './run-folder.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Hundreds of processes of one program: its types are stripped and its code compiled once. */
const COMPILED = `${ROOT}node_modules/.cache/node-compile`;
const MAIN = 'apps/server/src/main.ts';

export interface ProgramOptions {
  /** Such as `worker`; nothing for the whole program. */
  role?: string;
  /** Settings; nothing else of this process's environment is passed on but PATH. */
  env: Record<string, string>;
  /** Answers on /_health once the program is up. */
  healthUrl: string;
  /** Another entry than main.ts, for tests that need more control. */
  entry?: string;
}

export interface Program {
  readonly pid: number | undefined;
  /** The child, to talk to an entry that listens to messages. */
  readonly child: ChildProcess;
  /** Lines that it printed so far, over restarts. */
  readonly lines: string[];
  /** Starts it again after `stop` or `kill`; resolves when it answers. */
  start(): Promise<void>;
  /** SIGTERM, and wait; answers the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
}

function collectLines(child: ChildProcess, lines: string[]): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
  }
}

/** Starts the program and resolves when it answers. */
export async function startProgram({ role, env, healthUrl, entry = MAIN }: ProgramOptions): Promise<Program> {
  const lines: string[] = [];
  // Nothing of the caller's home is read.
  const home = createFolder(role ?? 'program');
  let child: ChildProcess;
  let exited: Promise<unknown>;
  const running = () => child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (running()) child.kill(signal);
    await exited;
  };
  const program: Program = {
    get pid() {
      return running() ? child.pid : undefined;
    },
    get child() {
      return child;
    },
    lines,
    async start() {
      child = spawn(process.execPath, [entry, ...(role ? [role] : [])], {
        cwd: ROOT,
        env: { PATH: process.env.PATH, HOME: home, NODE_COMPILE_CACHE: COMPILED, ...env },
        // A group of its own, which the reaper ends when this process cannot.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      const { pid } = child;
      if (pid) {
        reapAtExit(pid);
        child.once('exit', () => forgetGroup(pid));
      }
      collectLines(child, lines);
      exited = once(child, 'exit');
      await until(`${role ?? 'the program'} to answer`, async () => (await fetch(healthUrl)).ok, {
        withinMs: 60_000,
        everyMs: 50,
        giveUp: () => (running() ? undefined : `it ended:\n${lines.slice(-30).join('\n')}`),
      });
    },
    async stop() {
      await end('SIGTERM');
      return child.exitCode;
    },
    kill: () => end('SIGKILL'),
  };
  await program.start();
  return program;
}
