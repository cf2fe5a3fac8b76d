/** docs/operations.md, "From one process to a cluster": its blocks are run as they stand. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Nginx } from '../../testbed/nginx.ts';
import { startInstallationNginx } from '../../testbed/nginx-installation.ts';
import { reservePort } from '../../testbed/ports.ts';
import { until } from '../../testbed/process.ts';
import { type Servers, startServers } from '../../testbed/servers.ts';
import { type RunningServer, removeData, startServer } from '../support/server.ts';
import { registerVet, type Vet } from '../support/vet.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PORTS = ['3001', '3002', '3003', '9464', '9465', '9466', '9467', '9468'];

/** The shell blocks of the numbered steps, by the number of their step. */
function stepsOf(guide: string): Map<number, string> {
  const section = /## From one process to a cluster\n([\s\S]*?)\n## /.exec(guide)?.[1] ?? '';
  const steps = section.split(/\n(?=\d+\. )/).slice(1);
  return new Map(
    steps.flatMap((step) => {
      const block = /```sh\n([\s\S]*?)```/.exec(step)?.[1];
      return block ? [[Number.parseInt(step, 10), block.replace(/^ {3}/gm, '')] as const] : [];
    }),
  );
}

describe('the guide from one process to a cluster', () => {
  const steps = stepsOf(readFileSync(join(ROOT, 'docs/operations.md'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'mozarela-guide-'));
  const groups: number[] = [];
  const ports = new Map<string, string>();
  let servers: Servers;
  let single: RunningServer;
  let nginx: Nginx;
  let vet: Vet;
  let caseId: string;

  /** Runs a step in the shell of the guide: settings read, in the folder of the program. */
  async function run(step: number, replace: (block: string) => string = (block) => block): Promise<string> {
    const block = steps.get(step);
    if (!block) throw new Error(`the guide has no commands in step ${step}`);
    const settings = step === 2 ? '' : 'set -a; . ./cluster.env; set +a\n';
    const child = spawn('bash', ['-e', '-c', settings + replace(block)], {
      cwd: folder,
      env: { PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`, HOME: folder },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    groups.push(child.pid!);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`step ${step} ended with ${code}:\n${output}`);
    return output;
  }

  beforeAll(async () => {
    // The program's own folder, but for the settings that the guide writes into it.
    for (const name of ['apps', 'packages', 'node_modules', 'package.json'])
      symlinkSync(join(ROOT, name), join(folder, name));
    servers = await startServers();
    single = await startServer();
    vet = await registerVet(single.url);
    const created = await vet.request('POST', '/api/cases', {
      species: 'dog',
      clinicalSigns: 'Coughing at night.',
    });
    caseId = ((await created.json()) as { id: string }).id;
    for (const port of PORTS) ports.set(port, String(await reservePort()));
  });
  afterAll(async () => {
    for (const group of groups)
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    await nginx?.stop();
    await servers?.stop();
    rmSync(folder, { recursive: true });
    if (single) await removeData(single);
  });

  it('has commands for every step that needs some', () => {
    expect([...steps.keys()]).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('prepares: settings, tables, doctor, dry run', async () => {
    const dataDir = join(folder, 'data');
    cpSync(single.dataDir, dataDir, { recursive: true });
    const settings = {
      ...servers.settings,
      MOZARELA_DATA_DIR: dataDir,
      TRUST_PROXY: '1',
      DATABASE_REPLICA_URLS: servers.settings.DATABASE_REPLICA_URLS!.replaceAll(' ', ','),
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name}='${value}'`);
    writeFileSync(join(folder, 'cluster.env'), lines.join('\n'), { mode: 0o600 });
    await run(2);
    expect(await run(3)).toContain('Everything works.');
    await run(4);
    const { rows } = { rows: await servers.postgres.primary.query('select id from cases', 'mozarela') };
    expect(rows).toEqual([]);
  });

  it('moves what the stopped process has left', async () => {
    expect(await single.stop()).toBe(0);
    rmSync(join(folder, 'data'), { recursive: true });
    cpSync(single.dataDir, join(folder, 'data'), { recursive: true });
    await run(5);
    await run(6);
    const rows = await servers.postgres.primary.query<{ id: string }>('select id from cases', 'mozarela');
    expect(rows.map(({ id }) => id)).toEqual([caseId]);
    await run(7);
  });

  it('starts a cluster in which nobody has to sign in again', async () => {
    await run(8, (block) => PORTS.reduce((text, port) => text.replaceAll(port, ports.get(port)!), block));
    const apis = PORTS.slice(0, 3).map((port) => Number(ports.get(port)));
    for (const port of [...apis, ...PORTS.slice(3).map((name) => Number(ports.get(name)))])
      await until(
        `port ${port} to answer`,
        async () => (await fetch(`http://127.0.0.1:${port}/_health`)).ok,
        {
          withinMs: 60_000,
        },
      );
    nginx = await startInstallationNginx(apis.map((port) => ({ host: '127.0.0.1', port })));
    const health = await run(9, (block) => block.replace('http://localhost', nginx.url));
    expect(JSON.parse(health)).toMatchObject({ status: 'ok' });
    const answer = await fetch(`${nginx.url}/api/cases/${caseId}`, { headers: { cookie: vet.cookie } });
    expect(await answer.json()).toMatchObject({ id: caseId, clinicalSigns: 'Coughing at night.' });
  });
});
