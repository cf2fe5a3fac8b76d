/** The main job as a new user does it, on a desktop and on a phone, in a real Chromium. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { type OpenCase, openCases } from './support/open-cases.ts';
import { expectAccessible, expectNoSidewaysScroll, type Visit, visit, type Width } from './support/page.ts';
import { type RunningServer, removeData, startServer } from './support/server.ts';

const SPECIES = {
  dog: 'Dog',
  cat: 'Cat',
  horse: 'Horse',
  cow: 'Cattle',
  rabbit: 'Rabbit',
  bird: 'Bird',
} as const;
const CASES = openCases('c002', 'c008', 'c015');

const BROKEN_PROTOCOL = `Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan
Addison,vomiting; weakness,ten,20,Electrolytes,Supportive care`;
const GOOD_PROTOCOL = BROKEN_PROTOCOL.replace('ten', '10');

async function signUp(page: Page, width: Width): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill(`Dr ${width}`);
  await page.getByLabel('E-mail').fill(`${width}@clinic.example`);
  await page.getByLabel('Password', { exact: false }).first().fill('lantern-otter-walks-north');
  await page.getByLabel('Clinic').fill(`Clinic ${width}`);
  await page.getByRole('button', { name: 'Create account' }).last().click();
  await page.waitForURL(/\/cases/);
}

async function typeCase(page: Page, one: OpenCase, name: string): Promise<void> {
  await page.goto('/cases/new');
  const pick = (group: string, label: string) =>
    page
      .getByRole(group === 'Sex' ? 'radiogroup' : 'group', { name: group })
      .getByText(label, { exact: true })
      .click();
  await pick('Species', SPECIES[one.species as keyof typeof SPECIES]);
  await page.getByRole('combobox', { name: 'Breed' }).fill(one.breed);
  if (one.sex) await pick('Sex', one.sex);
  await page.getByLabel('Age').fill(one.age);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('History and clinical signs').fill(one.clinicalSigns);
  await page.getByLabel('Laboratory and imaging').fill(one.labFindings);
}

const ranked = (page: Page) => page.getByRole('region', { name: /Differentials/ }).getByRole('listitem');

for (const width of ['desktop', 'phone'] as const) {
  describe(`the main job, ${width}`, () => {
    let browser: Browser;
    let server: RunningServer;
    let current: Visit;
    let page: Page;

    beforeAll(async () => {
      server = await startServer();
      browser = await launchChromium();
      current = await visit(browser, server.url, width);
      page = current.page;
    });
    afterAll(async () => {
      await current.close();
      await browser.close();
      await server.stop();
      await removeData(server);
    });

    it('shows what it does before asking for anything', async () => {
      await page.goto('/');
      await page.getByText('leading').first().waitFor();
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    });

    it('signs up', async () => {
      await signUp(page, width);
      await expectAccessible(page);
    });

    it('keeps a draft over a refresh', async () => {
      await typeCase(page, CASES[0]!, 'Bianca');
      await page.getByText('Draft kept').or(page.getByText('Draft restored')).first().waitFor();
      await page.reload();
      await expect
        .poll(() => page.getByLabel('History and clinical signs').inputValue())
        .toBe(CASES[0]?.clinicalSigns);
    });

    it('reads the words, lets one be corrected, and ranks anew', async () => {
      const chip = page.getByRole('button', { name: /^Vomiting/ }).first();
      await chip.waitFor();
      const before = await ranked(page).allInnerTexts();
      await chip.click();
      await page
        .getByRole('button', { name: /^Vomiting.*absent/ })
        .first()
        .waitFor();
      await expect.poll(() => ranked(page).allInnerTexts()).not.toEqual(before);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    });

    it('saves three published cases and finds each again after a reload', async () => {
      await page.getByRole('button', { name: /^Save( case)?$/ }).click();
      await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/);
      for (const [index, one] of CASES.slice(1).entries()) {
        await typeCase(page, one, `Patient${index}`);
        await ranked(page).nth(9).waitFor();
        await page.getByRole('button', { name: /^Save( case)?$/ }).click();
        await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/);
      }
      await page.reload();
      await page.getByText(CASES[2]!.clinicalSigns.slice(0, 40)).first().waitFor();
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    });

    it('prints the differentials', async () => {
      await page.emulateMedia({ media: 'print' });
      const first = page.locator('[data-differential]').first();
      await first.waitFor();
      expect((await first.allInnerTexts())[0]).toMatch(/^1\s+\S/);
      expect(await page.getByRole('button', { name: 'Run again' }).count()).toBe(0);
      await page.emulateMedia({ media: 'screen' });
    });

    it("keeps a colleague's change beside one's own", async () => {
      const casePage = page.url();
      await page.getByRole('link', { name: 'Edit' }).click();
      await page.getByLabel('Laboratory and imaging').fill('PCV 21 %');
      const status = await page.evaluate(async (id) => {
        const { csrfToken } = await (await fetch('/api/me')).json();
        const { version } = await (await fetch(`/api/cases/${id}`)).json();
        const answer = await fetch(`/api/cases/${id}`, {
          method: 'PATCH',
          headers: {
            'content-type': 'application/json',
            'x-csrf-token': csrfToken,
            'if-match': `"${version}"`,
          },
          body: JSON.stringify({ clinicalSigns: 'Weak since the morning, gums pale.' }),
        });
        return answer.status;
      }, casePage.split('/').at(-1));
      expect(status).toBe(200);
      await page.getByRole('button', { name: /^Save( changes)?$/ }).click();
      await page.getByRole('button', { name: 'Reload' }).click();
      await expect
        .poll(() => page.getByLabel('History and clinical signs').inputValue())
        .toBe('Weak since the morning, gums pale.');
      expect(await page.getByLabel('Laboratory and imaging').inputValue()).toBe('PCV 21 %');
      await page.getByRole('button', { name: /^Save( changes)?$/ }).click();
      await page.waitForURL(casePage);
      await page.getByText('PCV 21 %').first().waitFor();
      await page.getByText('Weak since the morning, gums pale.').first().waitFor();
    });

    it('finds a case in the history', async () => {
      await page.goto('/cases');
      await page.getByText('Patient0').first().waitFor();
      await page.getByLabel('Search cases').fill('bianca');
      await page.getByText('Patient0').first().waitFor({ state: 'detached' });
      await page.getByText('Bianca').first().waitFor();
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    });

    it('deletes a case and undoes it', async () => {
      await page.getByText('Bianca').first().click();
      await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/);
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.goto('/cases?q=bianca');
      await page.getByText('Bianca').first().waitFor();
    });

    it('names the line of a broken protocol and takes a good one', async () => {
      await page.goto('/protocols');
      const upload = (csv: string) =>
        page
          .locator('input[type=file]')
          .first()
          .setInputFiles({ name: 'house.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
      await upload(BROKEN_PROTOCOL);
      await page.getByText('Nothing is saved until it is corrected').waitFor();
      await expectAccessible(page);
      await page.getByLabel('CSV').fill(GOOD_PROTOCOL);
      await page.getByText('Sound: 1 row.').waitFor();
      await page.getByRole('button', { name: 'Save protocol' }).click();
      await page.getByText('Protocol saved.').waitFor();
      await expectNoSidewaysScroll(page);
    });

    it('gives a version of a protocol back, and goes back to it', async () => {
      await page.getByRole('button', { name: 'Replace' }).click();
      const better = GOOD_PROTOCOL.replace('weakness', 'collapse');
      await page.getByLabel('CSV').fill(better);
      await page.getByRole('button', { name: 'Save as new version' }).click();
      await page.getByRole('button', { name: 'Versions' }).click();
      const first = page.getByRole('listitem').filter({ hasText: /^Version 1 ·/ });
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        first.getByRole('button', { name: 'Download' }).click(),
      ]);
      expect(file.suggestedFilename()).toBe('house v1.csv');
      expect(await readFile(await file.path(), 'utf8')).toBe(GOOD_PROTOCOL);
      await first.getByRole('button', { name: 'Use this version again' }).click();
      await page.getByText('Version 3 (in use)').waitFor();
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    });

    it('shows the protocol beside the built-in engine', async () => {
      await page.goto('/cases?q=bianca');
      await page.getByText('Bianca').first().click();
      await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/);
      if (width === 'phone') await page.getByRole('tab', { name: 'Protocol' }).click();
      await page.getByRole('combobox', { name: 'Add a protocol' }).selectOption('house');
      await page
        .getByText(/\d+ points/)
        .first()
        .waitFor();
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    });

    it('shows profile and sessions, and nothing went wrong on the way', async () => {
      await page.goto('/profile');
      await page.getByText('Sessions').first().waitFor();
      await expectAccessible(page);
      await page.goto('/about');
      await expectAccessible(page);
      expect(current.problems).toEqual([]);
    });
  });
}
