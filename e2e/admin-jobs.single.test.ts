/** The administrator finds a job that was given up, has it tried again, and drops another one. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { expectAccessible, expectNoSidewaysScroll, type Visit, visit } from './support/page.ts';
import { type RunningServer, removeData, startServer } from './support/server.ts';
import { registerVet } from './support/vet.ts';

let server: RunningServer;
let browser: Browser;
let current: Visit;
let database: DatabaseSync;

beforeAll(async () => {
  server = await startServer();
  const vet = await registerVet(server.url);
  database = new DatabaseSync(join(server.dataDir, 'mozarela.db'));
  browser = await launchChromium();
  current = await visit(browser, server.url, 'phone');
  const [name = '', value = ''] = vet.cookie.split('=');
  await current.page.context().addCookies([{ name, value, url: server.url }]);
});
afterAll(async () => {
  await current?.close();
  await browser?.close();
  database?.close();
  await server?.stop();
  if (server) await removeData(server);
});

function plantDead(id: string): void {
  database
    .prepare(
      `insert into jobs (id, type, payload, status, attempts, max_attempts, run_at, last_error, created_at, updated_at)
       values (?, 'system.clean-up', '{}', 'dead', 3, 3, 0, 'TypeError', 0, ?)`,
    )
    .run(id, Date.now());
}
const statusOf = (id: string) => database.prepare('select status from jobs where id = ?').get(id)?.status;

it('shows what was given up and does what it is told', async () => {
  const { page, problems } = current;
  const [dropped, retried] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'];
  plantDead(dropped);
  plantDead(retried);
  await page.goto('/admin');
  const work = page.getByRole('region', { name: 'Background work' });
  const jobs = work.getByRole('listitem');
  await jobs.nth(1).waitFor();
  expect(await jobs.first().textContent()).toContain('TypeError · 3 attempts');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await jobs.first().getByRole('button', { name: /Retry/ }).click();
  await jobs.nth(1).waitFor({ state: 'detached' });
  await jobs.first().getByRole('button', { name: /Drop/ }).click();
  await work.getByText('Nothing was given up.').waitFor();
  expect(statusOf(dropped)).toBeUndefined();
  while (statusOf(retried) !== 'done') await page.waitForTimeout(50);
  expect(problems).toEqual([]);
});
