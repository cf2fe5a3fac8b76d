/**
 * Finds the programs of a server, or installs Debian's packages when this is root; else says what to install.
 * A URL given by the environment (see README.md) comes before all this, and is the server's own business.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

interface Need {
  packages: string[];
  programs: string[];
  /** Where Debian puts programs that are not on PATH, newest version first. */
  folders: string[];
  /** Other files that must be there, such as modules. */
  files?: string[];
  /** Setting that names a running server to use instead, if there is one. */
  url?: string;
}

function versioned(parent: string, child: string): string[] {
  try {
    const byVersion = new Intl.Collator('en', { numeric: true });
    return readdirSync(parent)
      .sort((a, b) => byVersion.compare(b, a))
      .map((version) => join(parent, version, child));
  } catch {
    return [];
  }
}

const NEEDS = {
  postgres: () => ({
    packages: ['postgresql'],
    programs: ['initdb', 'postgres', 'pg_basebackup'],
    folders: versioned('/usr/lib/postgresql', 'bin'),
    url: 'TESTBED_POSTGRES_URL',
  }),
  pgbouncer: () => ({ packages: ['pgbouncer'], programs: ['pgbouncer'], folders: [] }),
  redis: () => ({
    packages: ['redis-server'],
    programs: ['redis-server', 'redis-cli'],
    folders: [],
    url: 'TESTBED_REDIS_URL',
  }),
  rgw: () => ({
    packages: ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common'],
    programs: ['ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'monmaptool', 'osdmaptool'],
    folders: [],
    url: 'TESTBED_S3_ENDPOINT',
  }),
  rabbitmq: () => ({
    packages: ['rabbitmq-server'],
    // Debian's program on PATH wants root or the user rabbitmq; the one in the folder runs as anybody.
    programs: ['rabbitmq-server', 'epmd'],
    folders: ['/usr/lib/rabbitmq/bin'],
    url: 'TESTBED_AMQP_URL',
  }),
  nginx: () => ({
    packages: ['nginx', 'libnginx-mod-http-brotli-filter', 'libnginx-mod-http-brotli-static'],
    programs: ['nginx'],
    folders: [],
    files: ['filter', 'static'].map((kind) => `/usr/lib/nginx/modules/ngx_http_brotli_${kind}_module.so`),
  }),
  openssl: () => ({ packages: ['openssl'], programs: ['openssl'], folders: [] }),
} satisfies Record<string, () => Need>;

export type Part = keyof typeof NEEDS;

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function find(need: Need): Map<string, string> | undefined {
  if (need.files?.some((file) => !existsSync(file))) return undefined;
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const folders = [...need.folders, ...path, '/usr/sbin', '/sbin'];
  const found = new Map<string, string>();
  for (const program of need.programs) {
    const file = folders.map((folder) => join(folder, program)).find(isProgram);
    if (!file) return undefined;
    found.set(program, file);
  }
  return found;
}

/**
 * Installs without starting Debian's own services, one installer at a time. The package lists are refreshed
 * only when the installation fails without, and not again within a quarter of an hour.
 */
const INSTALL = `
lock=$1; shift
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  trap 'exit 130' HUP INT TERM
  printf '#!/bin/sh\\nexit 101\\n' > $policy && chmod 755 $policy
fi
install() {
  apt-get install -y -qq --no-install-recommends \\
    -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold "$@"
}
install "$@" && exit 0
[ -z "$(find $lock.updated -mmin -15)" ] || exit 1
apt-get update -qq && touch $lock.updated && install "$@"
`;

/** @returns what the installer said, or undefined when it succeeded */
function install(packages: string[]): Promise<string | undefined> {
  const lock = join(tmpdir(), 'mozarela-testbed-apt');
  return new Promise((resolve) => {
    const child = spawn('flock', ['-w', '900', lock, 'sh', '-c', INSTALL, 'sh', lock, ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : said.slice(-2_000)));
  });
}

/**
 * The programs of a part by name. Order: Debian's folders for it, PATH, `apt-get install` as root.
 * @returns a function from a program's name to its path
 * @throws naming the packages to install, when they are missing and cannot be installed
 */
export async function provide(part: Part): Promise<(program: string) => string> {
  const need = (): Need => NEEDS[part]();
  let found = find(need());
  let said: string | undefined;
  if (!found && process.getuid?.() === 0) {
    said = await install(need().packages);
    found = find(need());
  }
  const programs = found;
  if (!programs) {
    const { packages, url } = need();
    const instead = url ? `, or name a running server in ${url}` : '';
    throw new Error(
      `The test bed needs ${part}: apt-get install ${packages.join(' ')}${instead}.${said ? `\n${said}` : ''}`,
    );
  }
  return (program) => {
    const file = programs.get(program);
    if (!file) throw new Error(`${program} is no program of ${part}; add it to provision.ts`);
    return file;
  };
}
