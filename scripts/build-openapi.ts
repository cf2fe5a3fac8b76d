/** Writes packages/contract/openapi.json, or with --check fails when the committed file is out of date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { openapi } from '@mozarela/contract/openapi';
import { routes } from '@mozarela/contract/routes';

const file = new URL('../packages/contract/openapi.json', import.meta.url);
const current = `${JSON.stringify(openapi(routes), null, 2)}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== current) {
    console.error('packages/contract/openapi.json is out of date: run `npm run openapi`');
    process.exit(1);
  }
} else {
  writeFileSync(file, current);
}
