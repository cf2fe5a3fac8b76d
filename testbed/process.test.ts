import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reservePort, reservePorts } from './ports.ts';
import { createService, run, until } from './process.ts';
import { createFolder } from './run-folder.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A run of its own that starts `sleep` as a server, prints its pid and its folder, and waits. */
const OTHER_RUN = `
  import { createService } from '${import.meta.dirname}/process.ts';
  import { createFolder } from '${import.meta.dirname}/run-folder.ts';
  import { reservePort } from '${import.meta.dirname}/ports.ts';
  const folder = createFolder('sleeper');
  const ready = async () => true;
  const sleeper = createService({ name: 'sleeper', folder, command: 'sleep', args: ['300'], ready });
  await sleeper.start();
  if (process.argv[1] === 'frozen') sleeper.freeze();
  console.log(JSON.stringify({ pid: sleeper.pid, folder, port: await reservePort() }));
  setInterval(() => {}, 1000);
`;

async function startOtherRun(mode: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', OTHER_RUN, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { child, ...(JSON.parse(String(line)) as { pid: number; folder: string; port: number }) };
}

test.each(['running', 'frozen'])('a killed run leaves neither its %s server nor its folder', async (mode) => {
  const { child, pid, folder } = await startOtherRun(mode);
  expect([isAlive(pid), existsSync(folder)]).toEqual([true, true]);
  child.kill('SIGKILL');
  await until('the end of the server and its folder', () => !isAlive(pid) && !existsSync(folder));
});

test('parallel runs never share a port, and none is ephemeral', async () => {
  const runs = await Promise.all(Array.from({ length: 4 }, () => startOtherRun('running')));
  const own = await Promise.all(Array.from({ length: 40 }, reservePort));
  const block = await reservePorts(100);
  for (const { child } of runs) child.kill();
  const blockPorts = Array.from({ length: 100 }, (_, i) => block + i);
  const all = [...own, ...blockPorts, ...runs.map(({ port }) => port)];
  expect(new Set(all).size).toBe(all.length);
  expect(Math.max(...all)).toBeLessThan(32_768);
});

test('a server that ends too early is reported at once, with its last words', async () => {
  const failing = createService({
    name: 'failing',
    folder: createFolder('failing'),
    command: 'sh',
    args: ['-c', 'echo "cannot find my keys" >&2; exit 3'],
    ready: async () => false,
  });
  await expect(failing.start()).rejects.toThrow(/exited with code 3.*cannot find my keys/s);
  expect(failing.pid).toBeUndefined();
});

test('one that never answers is killed when its time is over, one that will not stop too', async () => {
  const spec = {
    folder: createFolder('stubborn'),
    command: 'sh',
    args: ['-c', 'trap "" TERM; sleep 60 & wait; wait'],
  };
  const mute = createService({ ...spec, name: 'mute', ready: async () => false, readyWithinMs: 200 });
  await expect(mute.start()).rejects.toThrow('waited 200 ms in vain for mute to answer');
  const deaf = createService({ ...spec, name: 'deaf', ready: async () => true, stopWithinMs: 200 });
  await deaf.start();
  const pid = deaf.pid!;
  await deaf.stop();
  expect([deaf.pid, isAlive(pid)]).toEqual([undefined, false]);
});

test('servers do not run as root and see nothing of our environment', async () => {
  process.env.TESTBED_SECRET_OF_TEST = 'x';
  const folder = createFolder('who');
  const said = await run('sh', ['-c', 'id -u; env'], { folder });
  delete process.env.TESTBED_SECRET_OF_TEST;
  expect(Number(said.split('\n')[0])).not.toBe(0);
  expect(said).not.toContain('TESTBED_SECRET_OF_TEST');
});
