/**
 * Writes docs/licences.md: every package that the product or its tools depend on, with its licence.
 * Read from the lock file's packages as installed; `--check` fails when the committed list is out of date.
 * Packages for other platforms are in the lock file but not on this disk: their licence is that of their sibling.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type LockEntry = { version?: string; license?: string; dev?: boolean; optional?: boolean; link?: boolean };

const root = fileURLToPath(new URL('..', import.meta.url));
const file = `${root}docs/licences.md`;
const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
  packages: Record<string, LockEntry>;
};

function licenceOf(path: string, entry: LockEntry): string {
  if (entry.license) return entry.license;
  const manifest = `${root}${path}/package.json`;
  if (!existsSync(manifest)) return 'see package';
  const { license } = JSON.parse(readFileSync(manifest, 'utf8')) as { license?: string | { type: string } };
  return typeof license === 'string' ? license : (license?.type ?? 'see package');
}

function rows(dev: boolean): string[] {
  const names = new Map<string, string>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.includes('node_modules/') || entry.link || Boolean(entry.dev) !== dev) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    names.set(`${name} ${entry.version}`, licenceOf(path, entry));
  }
  return [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, licence]) => `| ${name} | ${licence} |`);
}

const table = (title: string, lines: string[]) =>
  `## ${title}\n\n| package | licence |\n|---|---|\n${lines.join('\n')}\n`;

const current = `# Licences of dependencies\n\nMade by \`npm run licences\` from the lock file.\n\n${table('In the product', rows(false))}\n${table('Tools for building and testing', rows(true))}`;

if (process.argv.includes('--check')) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== current) {
    console.error('docs/licences.md is out of date: run `npm run licences`');
    process.exit(1);
  }
} else {
  writeFileSync(file, current);
}
