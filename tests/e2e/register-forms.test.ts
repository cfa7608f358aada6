import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems } from './accessibility.ts';
import type { Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from '../integration/product.ts';
import { contextOf, narrowProblems, openBrowser, type Reader } from './browser.ts';

/** A register that is imported while the server runs, and of which no page was ever read. */
let product: Product;
let origin: string;
let administrator: Visitor;
let browser: Browser;

beforeAll(async () => {
  product = openProduct();
  ({ origin, administrator } = await product.startClaimed());
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.close();
});

const english = { width: 1440, scheme: 'light', locale: 'en' } as const;
async function open(path: string, reader: Reader = english): Promise<Page> {
  const page = await (await contextOf(browser, origin, reader, administrator)).newPage();
  await page.goto(path, { waitUntil: 'networkidle' });
  return page;
}
const notice = (page: Page) => page.locator('#notice');
const form = (page: Page) => page.locator('section[aria-labelledby=form-title]');

test('an empty register, and one that was never read, are told apart from nobody being silent', async () => {
  const page = await open('/silent', { ...english, width: 360 });
  await page.getByText('The register has no organisations yet.').waitFor();
  const register = product.file(
    'register.csv',
    'organisation,vk,responsible,phone\nОбком,club5,Петрова Анна,+7 000 000-00-01\nГорком,,,\nРайком,,,\n',
  );
  expect((await product.command(['import', register])).code).toBe(0);
  await page.goto('/silent');
  await page.getByText('No page has been read yet').waitFor();
  expect(await page.locator('#group-unknown').count()).toBe(0);
  // Nothing is claimed of whom nobody has read, and the key that is missing is named.
  const noKey = /the key of VK is not set, and 1 page is not read without it/i;
  const noKeyElsewhere = /without the key of VK, 1 page of the register is not read/i;
  await page.goto('/');
  expect(await page.locator('.verdict').innerText()).toMatch(noKey);
  await page.locator('.verdict a').click();
  await page.waitForURL(/\/start#vk-key$/);
  expect(await page.locator('main').innerText()).not.toContain('All is ready');
  await page.goto('/ranking');
  await page.getByText('There are no places yet').waitFor();
  expect(await page.locator('main > div dl').first().innerText()).not.toMatch(/^0$/m);
  expect(await page.locator('main').innerText()).not.toMatch(/up to date|all pages/i);
  await page.goto('/silent');
  await page.getByText(noKeyElsewhere).waitFor();
  await page.goto('/ranking');
  await page.getByText(noKeyElsewhere).waitFor();
  // Nothing is drawn of what nobody has read.
  await page.goto('/organisations/1', { waitUntil: 'networkidle' });
  expect(await page.locator('main canvas, main svg rect').count()).toBe(0);
  for (const about of ['posts', 'how many posts', 'events'])
    await page
      .getByText(new RegExp(`not read in .*: (whether )?(there were )?${about}.* is not known`))
      .first()
      .waitFor();
  await page.goto('/silent');
  // Who has no page is told already, and every link of an organisation's own screen leads to its form.
  expect(await page.locator('#organisation-2 a[data-opens=add-2]').count()).toBe(1);
  for (const opens of ['add-1', 'appoint-1', 'pause-1', 'contacts-2']) {
    await page.goto('/organisations/1', { waitUntil: 'networkidle' });
    await page.locator(`[data-opens=${opens}]`).click();
    await page.locator('#form-title').waitFor();
  }
  await page.locator('input[name=phone]').fill('+7 000 000-00-02');
  await form(page).locator('button').click();
  await notice(page).getByText('Петрова Анна').waitFor();
  await page.goto('/silent');
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await narrowProblems(page)).toEqual([]);
  await page.context().close();
});

test('a form closes by Escape and gives the focus back; what was entered is asked about first', async () => {
  const page = await open('/silent?group=none');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-opens') ?? '');
  const title = page.locator('#form-title');
  const link = page.locator('#organisation-3 a[data-opens=appoint-3]');
  const opens = 'appoint-3';
  const openForm = async () => {
    await link.focus();
    await page.keyboard.press('Enter');
    await title.waitFor();
  };
  await openForm();
  await page.keyboard.press('Escape');
  await title.waitFor({ state: 'detached' });
  await expect.poll(focused).toBe(opens);
  await openForm();
  await form(page).getByText('Close', { exact: true }).click();
  await title.waitFor({ state: 'detached' });
  await expect.poll(focused).toBe(opens);

  await openForm();
  const name = page.locator('input[name=name]');
  const question = page.getByRole('alertdialog');
  const focusedField = () => page.evaluate(() => document.activeElement?.getAttribute('name'));
  await name.fill('Somebody');
  await page.keyboard.press('Escape');
  await question.getByText('What was entered is not saved.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  expect([await name.inputValue(), await focusedField()]).toEqual(['Somebody', 'name']);
  // Neither does a link lose it, and back means back to the field.
  await page.locator('nav.side a[href="/ranking"]').click();
  await question.getByText('Back to the form').click();
  expect(await name.inputValue()).toBe('Somebody');
  await form(page).getByText('Close', { exact: true }).click();
  await question.getByText('Close without saving').click();
  await title.waitFor({ state: 'detached' });
  await expect.poll(focused).toBe(opens);
  expect(new URL(page.url()).search).toBe('?group=none');

  // What loads the page anew asks as well, and leads where it was meant to.
  await openForm();
  await name.fill('Somebody');
  await page.locator('nav.side a[hreflang=ru]').click();
  await question.getByText('Close without saving').click();
  await page.locator('html[lang=ru]').waitFor();
  await page.context().close();
});

test('an organisation without a page gets one, and its people’s forms open on its own screen', async () => {
  const page = await open('/silent?group=none');
  const id = 2;
  await page.locator(`#organisation-${id} a[data-opens=add-${id}]`).click();
  await page.locator('input[name=link]').fill('some_name');
  await form(page).locator('button').click();
  await page.getByText('a name alone does not say which network').waitFor();
  // Who is told what is wrong is there where it is mended.
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('link');
  await page.locator('input[name=link]').fill('t.me/a_new_channel');
  await form(page).locator('button').click();
  await notice(page).getByText('https://t.me/a_new_channel').waitFor();
  expect(await notice(page).innerText()).not.toContain('not read');
  expect(await page.locator(`#organisation-${id}`).count()).toBe(0);
  await notice(page).locator('button').click();
  await page.getByText('Undone.').waitFor();
  expect(await page.locator(`#organisation-${id}`).count()).toBe(1);

  await page.goto(`/organisations/${id}`, { waitUntil: 'networkidle' });
  await page.locator(`[data-opens=pause-${id}]`).click();
  await page.locator('#form-title').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL(`**/organisations/${id}#people`);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-opens')))
    .toBe(`pause-${id}`);
  await page.locator(`[data-opens=add-${id}]`).click();
  await page.locator('input[name=link]').fill('vk.com/a_new_community');
  await form(page).locator('button').click();
  await notice(page).getByText('https://vk.com/a_new_community').waitFor();
  expect(new URL(page.url()).pathname).toBe(`/organisations/${id}`);
  await page.locator('main a[href="https://vk.com/a_new_community"]').waitFor();

  // What no network of ours has is kept, and not said to be measured.
  await page.locator(`[data-opens=add-${id}]`).click();
  await page.locator('input[name=link]').fill('https://ok.ru/a_group');
  await form(page).locator('button').click();
  await notice(page).getByText('Such pages are kept in the register and not read').waitFor();

  // To undo what was done takes nothing from a form that is being filled in.
  await page.goto('/silent');
  await page.locator('a[data-opens=appoint-3]').first().click();
  const name = page.locator('input[name=name]');
  await name.fill('Somebody');
  const deeds = page.locator('main section', { hasText: 'What was done' });
  const left = await deeds.locator('button').count();
  await deeds.locator('button').first().click();
  await expect.poll(() => deeds.locator('button').count()).toBe(left - 1);
  expect(await page.getByRole('alertdialog').count()).toBe(0);
  expect(await name.inputValue()).toBe('Somebody');
  await page.context().close();
});

test.each([{ javaScript: false }, { javaScript: true }])(
  'of two who edit the same the second is told, and loses nothing, with scripts: $javaScript',
  async ({ javaScript }) => {
    const path = '/silent?form=contacts-2';
    const [one, other] = [
      await open(path, { ...english, javaScript }),
      await open(path, { ...english, javaScript }),
    ];
    const phone = (page: Page) => page.locator('input[name=phone]');
    const [first, second] = javaScript ? ['24-55-01', '24-55-02'] : ['24-55-03', '24-55-04'];
    await phone(one).fill(first);
    await form(one).locator('button').click();
    await notice(one).waitFor();
    await phone(other).fill(second);
    await form(other).locator('button').click();
    await other
      .getByText(/^Nothing was done: while the form was open, this was edited by anna@example\.ru \(/)
      .waitFor();
    await other.getByText(`In the register now: Петрова Анна, ${first}`).waitFor();
    expect(await phone(other).inputValue()).toBe(second);
    if (javaScript) expect(await accessibilityProblems(other)).toEqual([]);
    await form(other).locator('button').click();
    await notice(other).waitFor();

    // What it was about may be gone: what was entered is there to be read.
    const added = await open('/silent?form=page-1', { ...english, javaScript });
    await added.locator('input[name=link]').fill('vk.com/entered_in_vain');
    await one.goto('/silent?form=page-1');
    await one.locator('form[action*="/close"] button').click();
    await notice(one).waitFor();
    await added.locator('form[action*="/replace"] button').click();
    await added.getByText('You entered: vk.com/entered_in_vain').waitFor();
    await notice(one).locator('button').click();
    await one.getByText('Undone.').waitFor();
    for (const page of [one, other, added]) await page.context().close();
  },
);

test('a form that the store has no time for, or nobody answers, stays with what was entered', async () => {
  const page = await open('/organisations/2?form=add-2');
  const link = page.locator('input[name=link]');
  const why = form(page).getByRole('alert');
  const send = () => form(page).locator('button').click();
  await link.fill('https://vk.com/club77');
  const holder = new DatabaseSync(join(product.directory, 'operations.sqlite'));
  holder.exec('BEGIN EXCLUSIVE');
  await send();
  await why.getByText('Nothing was saved: The operations store does not answer').waitFor();
  expect(await link.inputValue()).toBe('https://vk.com/club77');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
  expect(await accessibilityProblems(page)).toEqual([]);
  holder.close();
  await page.context().setOffline(true);
  await send();
  await why.getByText('The server did not answer').waitFor();
  expect(await link.inputValue()).toBe('https://vk.com/club77');
  await page.context().setOffline(false);
  await send();
  await notice(page).getByText('vk.com/club77').waitFor();
  await page.context().close();
});
