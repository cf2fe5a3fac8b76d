/** `npm run dev`: the server restarting on change, and Vite with hot reload in front of it on port 5173. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const start = (args: string[]) => spawn(process.execPath, args, { cwd, stdio: 'inherit' });

const children = [
  start(['--watch', 'apps/server/src/main.ts']),
  start(['node_modules/vite/bin/vite.js', 'apps/web']),
];

const stop = () => {
  for (const child of children) child.kill('SIGTERM');
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const child of children) child.on('exit', stop);
