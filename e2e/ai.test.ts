/** The language model in a real Chromium: switch, consent, progress, answer, checks, failure; never instead of the rest. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AiPeer, startAiPeer } from '../testbed/ai-peer.ts';
import { launchChromium } from './support/chromium.ts';
import { report, xray } from './support/files.ts';
import { expectAccessible, expectNoSidewaysScroll, type Visit, visit, type Width } from './support/page.ts';
import { type RunningServer, removeData, startServer } from './support/server.ts';
import { registerVet, type Vet } from './support/vet.ts';

/** What must not leave, in the shapes that rules find. */
const IDENTIFIERS = ['Bramble', 'Quillfeather', '912 345 678', '12/03/2025', 'quill@post.example'];
const SIGNS = `Vomiting and lethargy for 3 days, since 12/03/2025. Owner: Mrs Quillfeather, tel 912 345 678, quill@post.example. Bramble is weak and will not eat.`;

let serial = 0;
/** A case with words of its own: no other one's answer fits it. */
const note = () => {
  serial += 1;
  return {
    patientName: 'Bramble',
    species: 'dog',
    sex: 'MN',
    age: '6 y',
    clinicalSigns: `${SIGNS} Vomited ${serial + 1} times.`,
    labFindings: 'Na 128 mmol/L, K 6.9 mmol/L',
  };
};

async function createCase(vet: Vet, input: Record<string, unknown> = note()): Promise<string> {
  const { id } = (await (await vet.request('POST', '/api/cases', input)).json()) as { id: string };
  await vet.request('POST', `/api/cases/${id}/analyses`, { engine: 'knowledge' });
  return id;
}

async function signIn(page: Page, { cookie }: Vet, url: string): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url }]);
}

const column = (page: Page) => page.getByRole('region', { name: 'Language model', exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
/** On a phone one engine is seen at a time. */
async function showEngine(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name });
  await page.getByRole('heading', { name: 'History and clinical signs' }).first().waitFor();
  if ((page.viewportSize()?.width ?? 0) < 768) await tab.click();
}
async function expectSound(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

describe('without a provider', () => {
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await startServer();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    if (server) await removeData(server);
  });

  it.each(['desktop', 'phone'] as const)(
    'says that nothing is missing and how to add one, %s',
    async (width) => {
      const vet = await registerVet(server.url);
      const { page, problems, close } = await visit(browser, server.url, width);
      await signIn(page, vet, server.url);
      await page.goto(`/cases/${await createCase(vet)}`);
      await showEngine(page, 'Language model');
      await column(page).getByText('Nothing is missing without it').waitFor();
      expect(await column(page).textContent()).toContain('GOOGLE_API_KEY');
      expect(await column(page).getByRole('button').count()).toBe(0);
      await expectSound(page);
      await page.goto('/clinic');
      await page.getByText('OPENAI_BASE_URL').waitFor();
      expect(await page.getByRole('switch').count()).toBe(0);
      await expectSound(page);
      expect(problems).toEqual([]);
      await close();
    },
  );
});

for (const [width, scheme] of [
  ['desktop', 'light'],
  ['phone', 'dark'],
] as [Width, 'light' | 'dark'][]) {
  describe(`the language model, ${width}, ${scheme}`, () => {
    let peer: AiPeer;
    let server: RunningServer;
    let browser: Browser;
    let current: Visit;
    let page: Page;
    let vet: Vet;

    beforeAll(async () => {
      peer = await startAiPeer();
      server = await startServer({
        env: {
          OPENAI_BASE_URL: peer.openAiUrl,
          OPENAI_API_KEY: peer.key,
          AI_MODEL: 'model-a',
          AI_RETRY_DELAY_MS: '1',
        },
      });
      browser = await launchChromium();
      vet = await registerVet(server.url);
      current = await visit(browser, server.url, width, scheme);
      page = current.page;
      await signIn(page, vet, server.url);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      await peer?.stop();
      if (server) await removeData(server);
    });

    const open = async (caseId: string) => {
      await page.goto(`/cases/${caseId}`);
      await showEngine(page, 'Language model');
    };
    const ask = async () => {
      await column(page)
        .getByRole('button', { name: /^Ask.* the language model$/ })
        .click();
      await dialog(page)
        .getByRole('button', { name: /^Send to/ })
        .click();
      await dialog(page).waitFor({ state: 'detached' });
    };
    const names = () => column(page).locator('[data-differential]').allInnerTexts();
    const knowledgeStands = async () => {
      await showEngine(page, 'Built-in');
      await page.getByRole('region', { name: 'Built-in knowledge' }).getByText(/\d+ %/).first().waitFor();
      await showEngine(page, 'Language model');
    };

    it('is off until the owner switches it on', async () => {
      await open(await createCase(vet));
      await column(page).getByText('Off in your clinic').waitFor();
      await expectSound(page);
      await column(page).getByRole('link', { name: 'See what it does' }).click();
      await page.waitForURL('**/clinic');
      const allow = page.getByRole('switch', { name: /Allow cases to be sent/ });
      expect(await allow.isChecked()).toBe(false);
      await page.getByText('What is not certain to be taken out').waitFor();
      await expectSound(page);
      await allow.focus();
      await page.keyboard.press('Space');
      await page.getByText('Language models are switched on').waitFor();
      await page.reload();
      await expect.poll(() => allow.isChecked()).toBe(true);
      expect(peer.requests).toEqual([]);
    });

    it('shows what would leave, sends nothing unless told to, and then exactly that', async () => {
      await open(await createCase(vet));
      await column(page).getByRole('button', { name: 'Ask the language model' }).click();
      const marks = dialog(page).locator('mark');
      await marks.first().waitFor();
      const replaced = await marks.allInnerTexts();
      expect(replaced.toSorted()).toEqual(['[date]', '[e-mail]', '[name]', '[name]', '[phone]']);
      await dialog(page).getByText('5 passages were replaced').waitFor();
      await dialog(page).getByText(new URL(peer.url).host, { exact: true }).waitFor();
      await dialog(page).getByText('As sent, as JSON').click();
      await dialog(page)
        .getByText(/^The instruction that goes with it/)
        .click();
      const [shown = '', instruction = ''] = await dialog(page).locator('pre').allInnerTexts();
      for (const identifier of IDENTIFIERS)
        expect(await dialog(page).textContent()).not.toContain(identifier);
      await expectSound(page);
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
      expect(peer.requests).toEqual([]);

      await ask();
      await column(page).getByText('Hypoadrenocorticism').first().waitFor();
      expect(peer.requests).toHaveLength(1);
      const [{ user, system, body }] = peer.requests as [AiPeer['requests'][number]];
      expect(user.split('\n').filter((line) => line.startsWith('{'))).toEqual([shown]);
      expect(system).toBe(instruction);
      for (const identifier of IDENTIFIERS) expect(body).not.toContain(identifier);
    });

    it('shows ranks without percentages, who answered, and what both engines name', async () => {
      expect(await names()).toEqual([
        expect.stringMatching(/^1\s+Acute gastroenteritis/),
        expect.stringMatching(/^2\s+.*pancreatitis/i),
        expect.stringMatching(/^3\s+Hypoadrenocorticism/),
      ]);
      expect(await column(page).textContent()).not.toMatch(/\d ?%/);
      expect(await column(page).textContent()).toMatch(/model-a, prompt v\d/);
      await column(page).getByText('No veterinarian has reviewed them').waitFor();
      await page
        .getByText(/^Built-in knowledge and language model agree on [1-3] of their first 3\./)
        .waitFor();
      expect((await names())[2]).toMatch(/built-in: no\. \d/);
      await column(page)
        .getByRole('button', { name: /Hypoadrenocorticism/ })
        .click();
      await column(page).getByText('Hypoadrenocorticism is compatible with the signs.').waitFor();
      await column(page).getByText('Complete blood count').first().waitFor();
      await expectSound(page);
      await showEngine(page, 'Built-in');
      await page
        .getByRole('region', { name: 'Built-in knowledge' })
        .getByText(/^language model: no\. 3$/)
        .waitFor();
      await expectSound(page);
    });

    it('answers the same words again without sending them', async () => {
      const { clinicalSigns, ...rest } = note();
      const first = await createCase(vet, { ...rest, clinicalSigns });
      const again = await createCase(vet, {
        ...rest,
        patientName: 'Otter',
        clinicalSigns: clinicalSigns.replaceAll('Bramble', 'Otter'),
      });
      await open(first);
      await ask();
      await column(page).getByText('Hypoadrenocorticism').first().waitFor();
      const before = peer.requests.length;
      await open(again);
      await ask();
      await column(page).getByText('nothing was sent, no new cost').waitFor();
      expect(peer.requests).toHaveLength(before);
      expect(await names()).toHaveLength(3);
    });

    it('lists what the checks took out, with the reason', async () => {
      peer.next({ kind: 'injected' });
      await open(await createCase(vet));
      await ask();
      const rejected = column(page).locator('details', { hasText: 'taken out by the checks' });
      await rejected.locator('summary').click();
      const text = (await rejected.textContent()) ?? '';
      expect(text).toMatch(/Pyometra.*male/s);
      expect(text).toMatch(/purple spots on the tail.*does not occur in the case/s);
      expect(text).toContain('amounts, rates and intervals of drugs are not taken from a model');
      expect(await column(page).textContent()).not.toMatch(/mg\/kg|evil\.example|onerror/);
      expect(await names()).toHaveLength(2);
      await expectSound(page);
    });

    it('labels what the knowledge base does not hold', async () => {
      const finding = {
        reasoning: 'Consider it.',
        findingsFor: ['Vomiting'],
        findingsAgainst: [],
        suggestedTests: [],
      };
      const answer = { summary: '', diagnoses: [{ name: 'Zebra stripe fever', ...finding }] };
      peer.next({ kind: 'well', answer });
      await open(await createCase(vet));
      await ask();
      await column(page).locator('[data-differential]').first().waitFor();
      expect((await names())[0]).toMatch(/Zebra stripe fever\s+not in the knowledge base/);
      await page.getByText('They share none of their first names.').waitFor();
    });

    it('tells how far it is, and can be cancelled', async () => {
      peer.next({ kind: 'hang' });
      await open(await createCase(vet));
      await ask();
      await column(page).getByText('The model is answering').waitFor();
      await page.getByRole('status').filter({ hasText: 'The model is answering' }).waitFor();
      await column(page).getByRole('progressbar').waitFor();
      await expectSound(page);
      await column(page).getByRole('button', { name: 'Cancel' }).click();
      await column(page).getByText('What had already been sent cannot be called back.').waitFor();
      expect(await column(page).getByRole('button', { name: 'Ask the language model' }).count()).toBe(1);
      await knowledgeStands();
      await page.reload();
      await showEngine(page, 'Language model');
      await column(page).getByText('What had already been sent cannot be called back.').waitFor();
    });

    it('keeps the answer of a request whose page was closed half-way', async () => {
      peer.next({ kind: 'slow', delayMs: 2500 });
      const caseId = await createCase(vet);
      await open(caseId);
      await ask();
      await column(page).getByText('The model is answering').waitFor();
      await page.reload();
      await showEngine(page, 'Language model');
      await column(page).getByRole('progressbar').waitFor();
      await page.goto('/profile');
      await open(caseId);
      await column(page).getByText('Hypoadrenocorticism').first().waitFor();
    });

    it('says so when the case was changed after the answer, and compares no longer', async () => {
      const caseId = await createCase(vet);
      await open(caseId);
      await ask();
      const agreement = page.getByText(/agree on \d of their first/);
      await agreement.waitFor();
      const path = `/api/cases/${caseId}`;
      const { version } = (await (await vet.request('GET', path)).json()) as { version: number };
      const changed = await vet.request(
        'PATCH',
        path,
        { clinicalSigns: 'Coughing for a week.' },
        { 'If-Match': `"${version}"` },
      );
      expect(changed.status).toBe(200);
      // The open page hears of it.
      await column(page).getByText('The case was changed after this answer.').waitFor();
      await agreement.waitFor({ state: 'detached' });
      await expectSound(page);
    });

    it('finds the answer by looking when its stream is gone', async () => {
      await page.route('**/api/analyses/*/events', (route) => route.fulfill({ status: 204 }));
      peer.next({ kind: 'slow', delayMs: 1500 });
      await open(await createCase(vet));
      await ask();
      await column(page).getByText('looking every few seconds').waitFor();
      await column(page).getByText('Hypoadrenocorticism').first().waitFor();
      await page.unroute('**/api/analyses/*/events');
    });

    it('names why there is no answer, leaves the knowledge standing, and asks again', async () => {
      peer.always({ kind: 'refused' });
      await open(await createCase(vet));
      await ask();
      const alert = column(page).getByRole('alert');
      await alert.getByText('The provider declined to answer this case.').waitFor();
      await expectSound(page);
      await knowledgeStands();
      peer.always({ kind: 'well' });
      await alert.getByRole('button', { name: 'Try again' }).click();
      await column(page).getByText('Hypoadrenocorticism').first().waitFor();
      expect(await dialog(page).count()).toBe(0);
    });

    it('sends a file only when it is ticked and can be read, with what the vet set by hand', async () => {
      const corrections = [{ finding: 'cough', assertion: 'absent' }];
      const caseId = await createCase(vet, { ...note(), corrections });
      for (const [name, type, bytes] of [
        ['Quillfeather.pdf', 'application/pdf', report(1)],
        ['radius.png', 'image/png', xray(90, 70)],
        ['moving.gif', 'image/gif', Buffer.from('GIF89a\x08\0\x08\0\0\0\0;', 'latin1')],
      ] as const) {
        const form = new FormData();
        form.append('files', new Blob([new Uint8Array(bytes)], { type }), name);
        const answer = await fetch(`${server.url}/api/cases/${caseId}/attachments`, {
          method: 'POST',
          headers: { cookie: vet.cookie, 'x-csrf-token': vet.csrfToken },
          body: form,
        });
        expect(answer.status).toBe(201);
      }
      await open(caseId);
      await column(page).getByRole('button', { name: 'Ask the language model' }).click();
      const files = dialog(page).getByRole('group', { name: 'Files' });
      const pdf = files.getByRole('checkbox', { name: /Quillfeather\.pdf/ });
      expect(await pdf.isChecked()).toBe(false);
      await pdf.check();
      await dialog(page).getByText('Text of document 1').waitFor();
      await files.getByRole('checkbox', { name: /radius\.png/ }).check();
      await files.getByText('without its hidden data').waitFor();
      await dialog(page).getByText('Cough: absent', { exact: true }).waitFor();
      const send = dialog(page).getByRole('button', { name: /^Send to/ });
      const moving = files.getByRole('checkbox', { name: /moving\.gif/ });
      await moving.check();
      await files.getByText('Files of this kind are not sent').waitFor();
      expect(await send.isDisabled()).toBe(true);
      await expectSound(page);
      await moving.uncheck();
      await files.getByText('Files of this kind are not sent').waitFor({ state: 'hidden' });
      await dialog(page).getByText('As sent, as JSON').click();
      await expectSound(page);
      const [shown = ''] = await dialog(page).locator('pre').allInnerTexts();
      expect(shown).toContain('ALT 340 U/L');
      await send.click();
      await column(page).getByText('Hypoadrenocorticism').first().waitFor();
      const sent = peer.requests.at(-1);
      expect(sent?.user.split('\n').filter((line) => line.startsWith('{'))).toEqual([shown]);
      expect([sent?.images, sent?.body.includes('Quillfeather')]).toEqual([1, false]);
    });

    it('comments beneath a protocol, whose points stay as they are', async () => {
      const csv = `Disease,Symptom_Keywords,Base_Probability,Match_Weight,Suggested_Tests,Treatment_Plan
Addison,vomiting; weakness,10,20,Electrolytes,Supportive care`;
      const made = await vet.request('POST', '/api/protocols', { name: `house ${width}`, csv });
      const { id: protocolId } = (await made.json()) as { id: string };
      const caseId = await createCase(vet);
      await vet.request('POST', `/api/cases/${caseId}/analyses`, { engine: 'protocol', protocolId });
      await open(caseId);
      await showEngine(page, 'Protocol');
      const points = page.getByText(/^\d+ points$/);
      const before = await points.first().textContent();
      peer.next({
        kind: 'well',
        answer: { comment: 'Middle age fits the first name. It scores 97 points.' },
      });
      await page.getByRole('button', { name: 'Ask for a comment on the signalment' }).click();
      await dialog(page).getByText('Names of the protocol').waitFor();
      await expectSound(page);
      await dialog(page)
        .getByRole('button', { name: /^Send to/ })
        .click();
      const comment = page.getByRole('region', { name: 'Comment of a language model on the signalment' });
      await comment.getByText('Middle age fits the first name.').waitFor();
      expect(await comment.textContent()).not.toContain('97');
      expect(await points.allTextContents()).toEqual([before]);
      expect(peer.requests.at(-1)?.body).not.toContain('lethargy');
      await expectSound(page);
      await showEngine(page, 'Language model');
      await column(page).getByText('Not asked about this case yet.').waitFor();
    });

    it('says when the switch was turned off meanwhile', async () => {
      await open(await createCase(vet));
      await column(page).getByRole('button', { name: 'Ask the language model' }).click();
      await dialog(page).locator('mark').first().waitFor();
      await vet.request('PUT', '/api/clinic/ai', { enabled: false });
      const before = peer.requests.length;
      await dialog(page)
        .getByRole('button', { name: /^Send to/ })
        .click();
      await dialog(page).getByText('Language models were switched off for your clinic.').waitFor();
      await page.keyboard.press('Escape');
      await column(page).getByText('Off in your clinic').waitFor();
      expect(peer.requests).toHaveLength(before);
    });

    it('went without a problem behind the scenes', () => {
      expect(current.problems.filter((text) => !/status of 403/.test(text))).toEqual([]);
    });
  });
}
