/** The reading pages, the way from a result to them, reports of what is wrong, and the page of measured figures. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { expectAccessible, expectNoSidewaysScroll, type Visit, visit } from './support/page.ts';
import { type RunningServer, removeData, startServer } from './support/server.ts';

const REPORT = 'Bradycardia is more frequent than this says.';
const RESULT = new URL('../eval/result.json', import.meta.url);

async function signUp(page: Page, name: string): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(`${name.toLowerCase().replace(' ', '.')}@clinic.example`);
  await page.getByLabel('Password', { exact: false }).first().fill('lantern-otter-walks-north');
  await page.getByRole('button', { name: 'Create account' }).last().click();
  await page.waitForURL(/\/cases/);
}

async function report(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'This is wrong or dangerous' }).click();
  await page.getByLabel('Your report').fill(text);
  await page.getByRole('button', { name: 'Send report' }).click();
  await page.getByText('The administrator sees it now.').last().waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const rows = (page: Page) => page.getByRole('main').getByRole('listitem');

describe('reading pages', () => {
  let browser: Browser;
  let server: RunningServer;
  const visits: Visit[] = [];

  const open = async (...how: [width: 'desktop' | 'phone', scheme?: 'light' | 'dark']) => {
    const made = await visit(browser, server.url, ...how);
    visits.push(made);
    return made.page;
  };

  beforeAll(async () => {
    server = await startServer();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await Promise.all(visits.map((one) => one.close()));
    await browser.close();
    await server.stop();
    await removeData(server);
  });

  it.each([
    ['desktop', 'light'],
    ['desktop', 'dark'],
    ['phone', 'light'],
    ['phone', 'dark'],
  ] as const)('can be searched and read without an account: %s, %s', async (width, scheme) => {
    const page = await open(width, scheme);
    await page.goto('/conditions');
    await rows(page).nth(50).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await page.getByLabel('Search conditions').fill('doença de addison');
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByLabel('Animal').selectOption('Horse');
    await page.getByText('No condition matches').waitFor();
    await page.getByLabel('Animal').selectOption('Dog');
    await rows(page).getByRole('link', { name: 'Hypoadrenocorticism' }).click();
    await page.getByRole('heading', { level: 1, name: 'Hypoadrenocorticism' }).waitFor();
    await page.getByText('Not yet reviewed by a veterinarian').first().waitFor();
    await page.getByText('Usually', { exact: false }).first().waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    const alike = page.getByRole('region', { name: 'Look-alikes' }).getByRole('link').first();
    const name = (await alike.textContent()) ?? '';
    await alike.click();
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await page.goBack();
    await page.goBack();
    await expect.poll(() => page.getByLabel('Search conditions').inputValue()).toBe('doença de addison');
  });

  it('can be used with the keyboard alone', async () => {
    const page = await open('desktop');
    await page.goto('/conditions');
    await rows(page).first().waitFor();
    await page.getByLabel('Search conditions').focus();
    await page.keyboard.type('parvovirus');
    await expect.poll(() => rows(page).first().textContent()).toMatch(/parvo/i);
    for (const _ of ['animal', 'system', 'first row']) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /parvovir/i }).waitFor();
  });

  it('link a source only when it was looked up, and say so of the others', async () => {
    const page = await open('desktop');
    await page.goto('/conditions/hypoadrenocorticism');
    const references = page.getByRole('region', { name: 'References' });
    await references.waitFor();
    const lines = await references.getByRole('listitem').all();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const linked = (await line.getByRole('link').count()) > 0;
      expect(await line.textContent()).toMatch(linked ? /looked up \d{4}-\d{2}-\d{2}/ : /not linked/);
    }
  });

  it('say so when a condition does not exist', async () => {
    const page = await open('phone');
    await page.goto('/conditions/dragon-pox');
    await page.getByText('This condition is not in the knowledge base').waitFor();
    await expectAccessible(page);
  });

  it('ask visitors to sign in before they report', async () => {
    const page = await open('desktop');
    await page.goto('/conditions/hypoadrenocorticism');
    await page.getByRole('button', { name: 'This is wrong or dangerous' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Sign in' }).click();
    await page.waitForURL(/\/sign-in\?next=%2Fconditions%2Fhypoadrenocorticism/);
  });

  it('are reached from a result, and what is reported reaches the administrator', async () => {
    const admin = await open('desktop');
    await signUp(admin, 'Ana Admin');
    const vet = await open('phone');
    await signUp(vet, 'Rui Vet');
    await vet.goto('/cases/new');
    await vet.getByRole('group', { name: 'Species' }).getByText('Dog', { exact: true }).click();
    await vet
      .getByLabel('History and clinical signs')
      .fill('Vomiting, lethargy, weakness, waxing and waning for weeks. Bradycardia. K 7.2, Na 128.');
    const ranking = vet.getByRole('region', { name: /Differentials/ });
    await ranking.getByRole('button', { name: /Hypoadrenocorticism/ }).click();
    await report(vet, 'From a result.');
    await ranking.getByRole('link', { name: 'Read about it' }).click();
    await vet.getByRole('heading', { level: 1, name: 'Hypoadrenocorticism' }).waitFor();
    await report(vet, REPORT);

    await admin.goto('/admin');
    const reports = admin.getByRole('region', { name: 'Reports of wrong or dangerous content' });
    const mine = reports.getByRole('listitem').filter({ hasText: REPORT });
    await mine.getByText('Rui Vet', { exact: false }).waitFor();
    await reports.getByText('From a result.').waitFor();
    await expectAccessible(admin);
    await mine.getByRole('button', { name: 'Mark as done' }).click();
    await mine.waitFor({ state: 'detached' });
    await reports.getByText('Done', { exact: true }).click();
    await mine.getByText('done by Ana Admin', { exact: false }).waitFor();
    expect(server.output()).not.toContain('Bradycardia is more');
  });

  it.each([
    ['desktop', 'light'],
    ['desktop', 'dark'],
    ['phone', 'light'],
    ['phone', 'dark'],
  ] as const)('show how good it is: %s, %s', async (width, scheme) => {
    const page = await open(width, scheme);
    await page.goto('/about');
    await page
      .getByRole('link', { name: /How good is it/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'How good is it?' }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    const { open: set } = JSON.parse(readFileSync(RESULT, 'utf8')) as {
      open: { all: { cases: number; top: Record<string, number> }; misses: Record<string, number> };
    };
    const table = page.getByRole('table', { name: 'How often the right diagnosis is found' });
    const first = await table.getByRole('row').nth(1).textContent();
    expect(first).toContain(`${set.all.cases} cases`);
    for (const place of ['1', '3', '5', '10']) {
      const hits = set.all.top[place] ?? Number.NaN;
      expect(first).toContain(`${Math.round((100 * hits) / set.all.cases)} %`);
    }
    await page.getByRole('button', { name: 'Measure on this device' }).click();
    await page.getByText(/Median \d+\.\d ms/).waitFor();
  });

  it('cause no error on the way', () => {
    expect(visits.flatMap(({ problems }) => problems)).toEqual([]);
  });
});
