import { provideChromium } from './chromium.ts';

/** Once, before any browser test: the browser is there, whoever has to install it. */
export default function setup(): void {
  process.env.CHROMIUM_PATH = provideChromium();
}
