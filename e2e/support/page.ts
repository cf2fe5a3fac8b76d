/** A page of a real browser that fails its test when something goes wrong behind the scenes. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

export const WIDTHS = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
export type Width = keyof typeof WIDTHS;

export type Visit = { page: Page; problems: string[]; close: () => Promise<void> };

/** Not a defect: the browser's own line for "nobody is signed in" and for answers a test provokes. */
const EXPECTED = /Failed to load resource: the server responded with a status of (401|409|422)/;

export async function visit(
  browser: Browser,
  url: string,
  width: Width,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: WIDTHS[width],
    hasTouch: width === 'phone',
    isMobile: width === 'phone',
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
      problems.push(`stray request ${request.url()}`);
  });
  return { page, problems, close: () => context.close() };
}

/** Fails on anything that axe calls serious or critical. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => [page.url(), id, nodes.map(({ target }) => target.join(' '))]),
  ).toEqual([]);
}

/** Nothing sticks out to the right: the page does not scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect([page.url(), overflow]).toEqual([page.url(), 0]);
}
