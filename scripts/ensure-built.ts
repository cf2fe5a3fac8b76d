/**
 * Builds what the server serves, when its sources changed since: the knowledge bundle and the web client.
 * Runs before `npm start` and before the browser tests; does nothing in some milliseconds when all is fresh.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

type Artefact = { name: string; sources: string[]; output: string; command: [string, ...string[]] };

const artefacts: Artefact[] = [
  {
    name: 'knowledge base',
    sources: ['knowledge/**/*.yaml', 'packages/clinical/src/**/*.ts', 'scripts/build-knowledge.ts'],
    output: 'packages/clinical/generated/knowledge.json',
    command: [process.execPath, 'scripts/build-knowledge.ts'],
  },
  {
    name: 'quality report',
    sources: [
      'eval/result.json',
      'knowledge/**/*.yaml',
      'scripts/{build-quality.ts,eval/*.ts,knowledge/*.ts}',
    ],
    output: 'packages/clinical/generated/quality.json',
    command: [process.execPath, 'scripts/build-quality.ts'],
  },
  {
    name: 'web client',
    sources: [
      'knowledge/**/*.yaml',
      'eval/result.json',
      'packages/*/src/**/*.ts',
      'apps/web/{src,public}/**/*',
      'apps/web/*.{ts,json,html,cjs,mjs}',
      'package-lock.json',
    ],
    output: 'apps/web/dist/index.html',
    command: [process.execPath, 'node_modules/vite/bin/vite.js', 'build', 'apps/web', '--logLevel', 'warn'],
  },
];

/** A hash over names, sizes and times of the sources: cheap, and any edit changes it. */
function fingerprint(sources: string[]): string {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { cwd: root }).sort()) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

for (const { name, sources, output, command } of artefacts) {
  const stamp = join(root, 'node_modules/.cache/mozarela', `${name.replace(' ', '-')}.stamp`);
  const now = fingerprint(sources);
  const fresh = existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now;
  if (fresh) continue;
  console.warn(`Building the ${name} ...`);
  const [program, ...args] = command;
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) {
    const output = `${stdout}${stderr}`;
    const errors = output.split('\n').filter((line) => line.startsWith('error'));
    console.error(errors.length > 0 ? errors.join('\n') : output);
    process.exit(status ?? 1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}
