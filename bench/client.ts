/**
 * `npm run bench`: what a vet waits for, measured in a real Chromium against the real server. Figures, not tests:
 * they depend on the machine.
 */
import { launchChromium } from '../e2e/support/chromium.ts';
import { removeData, startServer } from '../e2e/support/server.ts';
import { ENGINE_BUDGET_KB, engineParts } from '../scripts/engine-size.ts';
import { RERANK_BUDGET_MS, rerankTimes } from './engine.ts';

const KEYSTROKES = 40;
/** How long the client waits for a further key before it ranks. */
const PAUSE_MS = 120;
const NOTE =
  'Hx: 7yo FS Beagle, PU/PD x 2 mo, polyphagia, pot-bellied, panting. No V/D, no cough. PE: BAR, T 38.6, HR 100, thin skin, bilateral symmetrical alopecia, ';

const percentile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

const parts = engineParts();
for (const { name, kb } of parts) console.warn(`${name}  ${kb.toFixed(1)} kB`);
console.warn(
  `engine and knowledge base, brotli: ${parts.reduce((sum, { kb }) => sum + kb, 0).toFixed(1)} kB of ${ENGINE_BUDGET_KB}`,
);

const server = await startServer();
const browser = await launchChromium();
try {
  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const urls = new Map<string, string>();
  const bytes: Record<string, number> = {};
  client.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url));
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = /\.(\w+)$/.exec(new URL(urls.get(requestId) ?? 'x:').pathname)?.[1] ?? 'other';
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });

  const started = performance.now();
  await page.goto(`${server.url}/sign-up`);
  await page.getByLabel('Your name').waitFor();
  console.warn(`sign-up page ready after ${Math.round(performance.now() - started)} ms; kB over the wire:`);
  for (const [kind, size] of Object.entries(bytes))
    console.warn(`  ${kind.padEnd(6)} ${(size / 1000).toFixed(1)}`);

  for (const kind of Object.keys(bytes)) bytes[kind] = 0;
  await page.goto(server.url);
  await page.getByText('leading').first().waitFor();
  await page.waitForLoadState('networkidle');
  console.warn('landing page with the live engine, further kB:');
  for (const [kind, size] of Object.entries(bytes))
    console.warn(`  ${kind.padEnd(6)} ${(size / 1000).toFixed(1)}`);

  const texts = Array.from({ length: KEYSTROKES }, (_, n) => NOTE.slice(0, NOTE.length - KEYSTROKES + n));
  const ranking = await rerankTimes(page, texts);
  console.warn(
    `changed text to new list, in the worker: p50 ${percentile(ranking, 0.5).toFixed(1)} ms, p95 ${percentile(ranking, 0.95).toFixed(1)} ms of ${RERANK_BUDGET_MS}`,
  );

  const notes = page.getByLabel('History and clinical signs');
  await notes.fill(NOTE);
  await page.waitForTimeout(1000);
  const waits: number[] = [];
  for (let n = 0; n < KEYSTROKES; n += 1) {
    waits.push(
      await notes.evaluate(
        (box: HTMLTextAreaElement, { addition, pause }) =>
          new Promise<number>((resolve) => {
            const begun = performance.now();
            const done = () => {
              observer.disconnect();
              resolve(performance.now() - begun);
            };
            // What changes at once is the text's own colours; the new list comes after the pause for the next key.
            const observer = new MutationObserver(() => {
              if (performance.now() - begun > pause) done();
            });
            observer.observe(document.body, {
              subtree: true,
              childList: true,
              characterData: true,
              attributes: true,
            });
            const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
            set?.call(box, box.value + addition);
            box.dispatchEvent(new Event('input', { bubbles: true }));
            setTimeout(done, 3000);
          }),
        { addition: n % 2 === 0 ? 'weak, ' : 'comedones, ', pause: PAUSE_MS },
      ),
    );
    await page.waitForTimeout(150);
  }
  console.warn(
    `keystroke to new list (${PAUSE_MS} ms of it waiting for the next key): p50 ${Math.round(percentile(waits, 0.5))} ms, p95 ${Math.round(percentile(waits, 0.95))} ms`,
  );
} finally {
  await browser.close();
  await server.stop();
  await removeData(server);
}
