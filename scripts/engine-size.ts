/** What the browser loads for the built-in engine, as built and compressed by `npm run build`. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const ASSETS = join(import.meta.dirname, '../apps/web/dist/assets');
/** What the two together may weigh, brotli. */
export const ENGINE_BUDGET_KB = 600;

export type Part = { name: string; kb: number };

/** The worker's script and the knowledge base as they are sent, compressed with brotli, in kB of 1000 bytes. */
export function engineParts(assets = ASSETS): Part[] {
  const files = readdirSync(assets);
  return ['engine.worker-', 'knowledge-'].map((start) => {
    const name = files.find((file) => file.startsWith(start) && file.endsWith('.br'));
    if (!name) throw new Error(`${assets} has no compressed ${start}*: npm run build`);
    return { name, kb: statSync(join(assets, name)).size / 1000 };
  });
}

/** Whether the page's own script waits for the engine: it must start without it. */
export function isLazy(assets = ASSETS): boolean {
  const page = readFileSync(join(assets, '../index.html'), 'utf8');
  return !/engine\.worker|knowledge-/.test(page);
}
