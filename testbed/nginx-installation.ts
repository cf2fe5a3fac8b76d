/** The nginx of deploy/, with the addresses of one test instead of a cluster's names. */
import { chmodSync, cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Nginx, type NginxContext, startNginx } from './nginx.ts';

const DEPLOY = fileURLToPath(new URL('../deploy/nginx', import.meta.url));
const CLIENT = fileURLToPath(new URL('../apps/web/dist', import.meta.url));
const INSTALLED = '/etc/nginx/mozarela/';

/** What nginx sends requests to. */
export type Instance = { host: string; port: number };

/** Every copied file readable by the user that nginx runs as. */
function openToAll(path: string): void {
  const directory = statSync(path).isDirectory();
  chmodSync(path, directory ? 0o755 : 0o644);
  if (directory) for (const name of readdirSync(path)) openToAll(join(path, name));
}

/** Replaces what the file says exactly once or more; a file that says something else fails the test. */
function replaced(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`deploy/nginx no longer has ${pattern}`);
  return text.replace(pattern, by);
}

function configure({ port, folder }: NginxContext, instances: Instance[]): string {
  const [own, client] = [join(folder, 'mozarela'), join(folder, 'client')];
  cpSync(DEPLOY, own, { recursive: true });
  cpSync(CLIENT, client, { recursive: true });
  for (const name of readdirSync(own)) {
    const file = join(own, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(INSTALLED, `${own}/`));
  }
  const file = join(own, 'mozarela.conf');
  const servers = instances.map((at) => `server ${at.host}:${at.port} max_fails=3 fail_timeout=5s;`);
  let text = readFileSync(file, 'utf8');
  text = replaced(text, /(server api-\d:3001 max_fails=3 fail_timeout=5s;\s*)+/, `${servers.join('\n')}\n`);
  text = replaced(text, /listen 80;/, `listen 127.0.0.1:${port};`);
  text = replaced(text, /root \/usr\/share\/nginx\/mozarela;/, `root ${client};`);
  text = replaced(text, /access_log \/dev\/stdout mozarela;/, `access_log ${folder}/requests.log mozarela;`);
  writeFileSync(file, text);
  for (const path of [own, client]) openToAll(path);
  return `include ${file};`;
}

/** Starts nginx as deploy/nginx configures it, in front of these instances. */
export const startInstallationNginx = (instances: Instance[]): Promise<Nginx> =>
  startNginx({ http: (context) => configure(context, instances) });
