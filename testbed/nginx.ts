/** nginx with a given configuration, unprivileged, its files in a private folder. */
import { existsSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { reservePort } from './ports.ts';
import { createService, run, type Service } from './process.ts';
import { provide } from './provision.ts';
import { createFolder, writeServerFile } from './run-folder.ts';

export interface NginxContext {
  /** The port that the configuration must listen on at 127.0.0.1. */
  port: number;
  /** Private folder; relative paths of the configuration begin here. */
  folder: string;
}

export interface NginxOptions {
  /** The inside of the `http` block. */
  http: (context: NginxContext) => string;
}

export interface Nginx extends Service {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** Checks a new configuration and takes it without dropping a connection; the old one stays if it is wrong. */
  reload(http: (context: NginxContext) => string): Promise<void>;
}

const MODULES = '/usr/lib/nginx/modules';

/** Debian's dynamic modules (brotli among them) and media types, where they are installed. */
const includes = (pattern: string, probe: string) => (existsSync(probe) ? `include ${pattern};` : '');

function configuration(folder: string, http: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
pid ${folder}/nginx.pid;
error_log stderr warn;
worker_processes 2;
${includes('/etc/nginx/modules-enabled/*.conf', '/etc/nginx/modules-enabled')}
events { worker_connections 4096; }
http {
  ${includes('/etc/nginx/mime.types', '/etc/nginx/mime.types')}
  default_type application/octet-stream;
  access_log ${folder}/access.log;
  ${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n  ')}
${http}
}
`;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Starts a private nginx. */
export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const programs = await provide('nginx');
  const folder = createFolder('nginx');
  const port = await reservePort();
  const file = join(folder, 'nginx.conf');
  const nginx = ['-p', folder, '-e', 'stderr'];
  const write = (target: string, http: NginxOptions['http']) =>
    writeServerFile(target, configuration(folder, http({ port, folder })));
  // Debian's includes name modules relative to the prefix, which is private here.
  symlinkSync(MODULES, join(folder, 'modules'));
  write(file, options.http);
  const service = createService({
    name: 'nginx',
    folder,
    command: programs('nginx'),
    args: [...nginx, '-c', file],
    ready: () => answers(port),
    // Fast; SIGQUIT would wait for event streams that never end.
    stopSignal: 'SIGTERM',
  });
  await service.start();
  return Object.assign(service, {
    host: '127.0.0.1',
    port,
    url: `http://127.0.0.1:${port}`,
    async reload(http: NginxOptions['http']) {
      const next = join(folder, 'next.conf');
      write(next, http);
      await run(programs('nginx'), [...nginx, '-t', '-c', next], { folder });
      write(file, http);
      await run(programs('nginx'), [...nginx, '-s', 'reload', '-c', file], { folder });
    },
  });
}
