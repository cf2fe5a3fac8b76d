/** Files of a case in a real Chromium: shown in the case, refused with a reason, still there after a reload. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { report, xray } from './support/files.ts';
import { expectAccessible, expectNoSidewaysScroll, type Visit, visit } from './support/page.ts';
import { type RunningServer, removeData, startServer } from './support/server.ts';
import { registerVet, type Vet } from './support/vet.ts';

const XRAY = { name: 'Radius, lateral.png', mimeType: 'image/png', buffer: xray() };
const REPORT = { name: 'Haematology.pdf', mimeType: 'application/pdf', buffer: report(2) };
const CSV = { name: 'chemistry.csv', mimeType: 'text/csv', buffer: Buffer.from('analyte;value\nALT;340\n') };
const SCRIPTED = {
  name: 'invoice.pdf',
  mimeType: 'application/pdf',
  buffer: report(1, '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'),
};

/** How dark the darkest pixel of a drawn page is, 0 to 255: white paper alone would be 255. */
const darkest = (page: Page) =>
  page.getByRole('img', { name: 'Page 1 of 2' }).evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [255];
    let least = 255;
    for (const value of pixels) least = Math.min(least, value);
    return least;
  });

async function signIn(page: Page, { email, password }: Vet): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').first().fill(password);
  await page.getByRole('button', { name: 'Sign in' }).last().click();
  await page.waitForURL(/\/cases/);
}

for (const [width, scheme] of [
  ['desktop', 'light'],
  ['phone', 'dark'],
] as const) {
  describe(`files of a case, ${width}, ${scheme}`, () => {
    let server: RunningServer;
    let browser: Browser;
    let current: Visit;
    let page: Page;
    let vet: Vet;
    let caseId: string;
    const files = () => page.getByRole('region', { name: 'Files' });
    const dialog = () => page.getByRole('dialog');
    const add = (...list: { name: string; mimeType: string; buffer: Buffer }[]) =>
      files().locator('input[type=file]').first().setInputFiles(list);

    beforeAll(async () => {
      server = await startServer();
      browser = await launchChromium();
      vet = await registerVet(server.url);
      const input = { patientName: 'Rex', species: 'dog', clinicalSigns: 'Lame on the left foreleg.' };
      caseId = ((await (await vet.request('POST', '/api/cases', input)).json()) as { id: string }).id;
      current = await visit(browser, server.url, width, scheme);
      page = current.page;
      await signIn(page, vet);
      await page.goto(`/cases/${caseId}`);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      await removeData(server);
    });

    it('shows an image', async () => {
      await add(XRAY);
      await files().getByRole('button', { name: 'Open Radius, lateral.png' }).click();
      const image = dialog().getByRole('img', { name: 'Radius, lateral.png' });
      await image.waitFor();
      await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(900);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
    });

    it('shows a PDF and a table, and moves between files by keyboard', async () => {
      await add(REPORT, CSV);
      await files().getByRole('button', { name: 'Open chemistry.csv' }).waitFor();
      await files().getByRole('button', { name: 'Open Haematology.pdf' }).click();
      await dialog().getByRole('img', { name: 'Page 1 of 2' }).waitFor();
      await expect.poll(() => darkest(page), { timeout: 10_000 }).toBeLessThan(128);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await page.keyboard.press('ArrowRight');
      await dialog().getByText('ALT;340').waitFor();
      await page.keyboard.press('Escape');
    });

    it('says in plain words why a file is refused', async () => {
      await add(SCRIPTED, { name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<html>') });
      await files()
        .getByText(/This PDF contains scripts/)
        .waitFor();
      await files()
        .getByText(/HTML, SVG and XML are not taken/)
        .waitFor();
      await expectAccessible(page);
      await files().getByRole('button', { name: 'Dismiss invoice.pdf' }).click();
      await files().getByRole('button', { name: 'Dismiss page.png' }).click();
      expect(await files().getByRole('alert').count()).toBe(0);
    });

    it('has them after a reload, removes one after asking, and locks them with the record', async () => {
      await page.reload();
      await files().getByRole('button', { name: 'Remove chemistry.csv' }).click();
      await dialog().getByRole('button', { name: 'Remove' }).click();
      await dialog().waitFor({ state: 'detached' });
      await expect
        .poll(() =>
          files()
            .getByRole('button', { name: /^Open / })
            .count(),
        )
        .toBe(2);
      const answer = await vet.request('GET', `/api/cases/${caseId}`);
      const { version } = (await answer.json()) as { version: number };
      await vet.request('POST', `/api/cases/${caseId}/sign`, undefined, { 'if-match': `"${version}"` });
      await page.reload();
      await files().getByRole('button', { name: 'Open Haematology.pdf' }).waitFor();
      expect(
        await files()
          .getByRole('button', { name: /Remove|Add/ })
          .count(),
      ).toBe(0);
      await expectAccessible(page);
      expect(current.problems.filter((text) => !/status of 415/.test(text))).toEqual([]);
    });
  });
}
