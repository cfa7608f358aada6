import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from '../integration/product.ts';
import { accessibilityProblems } from './accessibility.ts';
import { contextOf, narrowProblems, openBrowser, overflow, readerName, various } from './browser.ts';

const name = 'Тихонов Пётр';
const [email, phone] = ['petr.tikhonov@example.ru', '+7 900 000-00-03'];
const home = '/settings/personal-data';
const english = { width: 1440, scheme: 'light', locale: 'en' } as const;

let product: Product;
let origin: string;
let administrator: Visitor;
let browser: Browser;

beforeAll(async () => {
  product = openProduct();
  const rows = `Депо,vk.com/club102,${name},${email},${phone}`;
  const file = product.file('register.csv', `organisation,vk,responsible,email,phone\n${rows}\n`);
  expect((await product.command(['import', file])).code).toBe(0);
  ({ origin, administrator } = await product.startClaimed());
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.close();
});

/** Finds the person by a part of their name, and opens what is stored of them. */
async function openPerson(page: Page): Promise<void> {
  await page.goto(home, { waitUntil: 'networkidle' });
  await page.locator('input[name=text]').fill('тихонов');
  await page.locator('input[name=text]').press('Enter');
  await page.locator('[role=status]').getByRole('link', { name }).click();
  await page.waitForURL(/\/person-\d+$/u);
}

/** What a link gives as a file, and how it is called. */
async function downloaded(page: Page, link: string): Promise<[name: string, text: string]> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ]);
  return [file.suggestedFilename(), readFileSync(await file.path(), 'utf8')];
}

test('what is stored of a person is sound to read for everybody who may', async () => {
  const problems: string[] = [];
  for (const reader of various) {
    const context = await contextOf(browser, origin, reader, administrator);
    const page = await context.newPage();
    const look = async (where: string) => {
      const found = await accessibilityProblems(page);
      const wider = await overflow(page);
      if (wider > 0) found.push(`scrolls sideways by ${wider} px`);
      if (reader.width === 360) found.push(...(await narrowProblems(page)));
      problems.push(...found.map((problem) => `${where}, ${readerName(reader)}: ${problem}`));
    };
    await openPerson(page);
    await look('person');
    // The section of the settings that it belongs to is marked.
    expect(await page.locator(`nav a[href="${home}"]`).getAttribute('aria-current')).toBe('true');
    await page.goto(home);
    await page.locator('input[name=text]').fill('никто');
    await page.locator('input[name=text]').press('Enter');
    await page.locator('[role=status]').waitFor();
    await look('nobody found');
    await context.close();
  }
  expect(problems).toEqual([]);
});

test('a person is found, read, downloaded and erased, and the chain of the journal verifies', async () => {
  const context = await contextOf(browser, origin, english, administrator);
  const page = await context.newPage();
  await openPerson(page);
  const address = page.url();
  const said = await page.locator('main').innerText();
  for (const part of [name, email, phone, 'Депо', 'Responsible', 'organisation added'])
    expect([part, said.includes(part)]).toEqual([part, true]);
  expect(said).not.toMatch(/organisation\.added|after\/|undefined/u);

  const [json, data] = await downloaded(page, 'Download as JSON');
  expect(json).toBe('personal-data-person.json');
  expect(JSON.parse(data)).toMatchObject({ kind: 'person', name, email, phone });
  const [html, copy] = await downloaded(page, 'Download to read');
  expect(html).toBe('personal-data-person.html');
  const alone = await context.newPage();
  // As the file opens from a disk: by itself, with nothing of the site.
  await alone.goto(`data:text/html;charset=utf-8,${encodeURIComponent(copy)}`);
  expect(await alone.locator('table').first().innerText()).toContain(email);
  await alone.close();

  const confirm = page.locator('input[name=confirm]');
  await confirm.fill('Тихонов');
  await page.getByRole('button', { name: 'Erase the data' }).click();
  await page.getByText('nothing was erased').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('confirm');
  expect(await confirm.inputValue()).toBe('Тихонов');
  await confirm.fill(name);
  await page.getByRole('button', { name: 'Erase the data' }).click();
  await page.getByText('The data are erased').waitFor();
  expect(new URL(page.url()).pathname).toBe(home);

  await page.locator('input[name=text]').fill('тихонов');
  await page.locator('input[name=text]').press('Enter');
  await page.getByText('Nobody was found').waitFor();
  expect((await page.goto(address))?.status()).toBe(404);
  expect(await page.locator('body').innerText()).not.toMatch(/Тихонов|000-00-03/u);
  const { code, output } = await product.command(['audit', 'verify']);
  expect([code, output]).toEqual([0, expect.stringMatching(/whole/u)]);
  await context.close();
});
