/**
 * The engine's own part of what a vet waits for: milliseconds from a changed text to a new list, in the built worker
 * itself. Each text is ranked several times and counts with its median, so that what else the machine does hardly shows.
 */
import { readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { ASSETS } from '../scripts/engine-size.ts';

const ROUNDS = 5;
/** Two frames of a 60 Hz screen. */
export const RERANK_BUDGET_MS = 32;

/** Medians, one a text, of the milliseconds between a task given to the worker and its answer. */
export async function rerankTimes(page: Page, texts: readonly string[]): Promise<number[]> {
  const worker = readdirSync(ASSETS).find((f) => f.startsWith('engine.worker-') && f.endsWith('.js'));
  return page.evaluate(
    async ({ url, texts, rounds }) => {
      const worker = new Worker(url, { type: 'module' });
      const ask = (id: number, clinicalSigns: string) =>
        new Promise<number>((resolve, reject) => {
          const begun = performance.now();
          worker.onmessage = ({ data }) =>
            'error' in data ? reject(new Error(data.error)) : resolve(performance.now() - begun);
          worker.postMessage({
            id,
            type: 'analyze',
            input: { species: 'dog', age: '7 y', sex: 'FS', breed: 'Beagle', clinicalSigns },
          });
        });
      let id = 0;
      for (const text of texts) await ask(id++, text);
      const medians: number[] = [];
      for (const text of texts) {
        const times: number[] = [];
        for (let round = 0; round < rounds; round++) times.push(await ask(id++, text));
        medians.push(times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN);
      }
      worker.terminate();
      return medians;
    },
    { url: `/assets/${worker}`, texts: [...texts], rounds: ROUNDS },
  );
}
