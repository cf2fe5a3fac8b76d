/** Takes docs/screenshot.png, the README's picture, from the real program: a new case with its differentials. */
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../e2e/support/chromium.ts';
import { removeData, startServer } from '../e2e/support/server.ts';

const NOTE = `Hx: PU/PD x 2 mo, eating more, panting at night. No V/D, no cough.
PE: BAR, T 38.4, HR 96. Pot-bellied, thin skin, bilateral symmetrical alopecia, comedones. Abdomen soft, not painful.`;
const LABS =
  'ALP 1450 U/L (20-150), ALT 168 U/L (10-125), cholesterol 9.8 mmol/L, USG 1.008, glucose 5.6 mmol/L';

const server = await startServer();
const browser = await launchChromium();
try {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 1000 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${server.url}/sign-up`);
  await page.getByLabel('Your name').fill('Ana Reis');
  await page.getByLabel('E-mail').fill('ana@clinic.example');
  await page.getByLabel('Password').first().fill('lantern-otter-walks-north');
  await page.getByRole('button', { name: 'Create account' }).last().click();
  await page.waitForURL(/\/cases/);
  await page.goto(`${server.url}/cases/new`);
  const pick = (role: 'group' | 'radiogroup', name: string, label: string) =>
    page.getByRole(role, { name }).getByText(label, { exact: true }).click();
  await pick('group', 'Species', 'Dog');
  await pick('radiogroup', 'Sex', 'FS');
  await page.getByRole('combobox', { name: 'Breed' }).fill('Beagle');
  await page.getByLabel('Age').fill('9 y');
  await page.getByLabel('Name', { exact: true }).fill('Maia');
  await page.getByLabel('History and clinical signs').fill(NOTE);
  await page.getByLabel('Laboratory and imaging').fill(LABS);
  await page.waitForTimeout(2000);
  await page.getByRole('heading', { name: 'New case' }).click();
  const first = page
    .getByRole('region', { name: /Differentials/ })
    .getByRole('button')
    .first();
  await first.click();
  await page.waitForTimeout(500);
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: fileURLToPath(new URL('../docs/screenshot.png', import.meta.url)) });
} finally {
  await browser.close();
  await server.stop();
  await removeData(server);
}
