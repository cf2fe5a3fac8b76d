/** Finds a real Chromium, or installs Debian's when this is root on Debian; says what to install otherwise. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function installDebianPackage(): void {
  if (process.getuid?.() !== 0) return;
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation');
}

/** Path of the browser. Order: CHROMIUM_PATH, PATH, `apt-get install chromium` as root. */
export function provideChromium(): string {
  const given = process.env.CHROMIUM_PATH ?? onPath();
  if (given) return given;
  installDebianPackage();
  const installed = onPath();
  if (installed) return installed;
  throw new Error(
    'The browser tests need Chromium: install the package `chromium` or set CHROMIUM_PATH to its binary.',
  );
}

/** Headless, and without the background traffic that Chromium starts by itself. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: provideChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
