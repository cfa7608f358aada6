import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from '../integration/product.ts';
import { contextOf, openBrowser } from './browser.ts';

/** The overview of a federation of its own, before its first collection, where its people may change the target. */
let product: Product;
let origin: string;
let administrator: Visitor;
let browser: Browser;

beforeAll(async () => {
  product = openProduct();
  ({ origin, administrator } = await product.startClaimed());
  const register = 'organisation,level,vk\nОблсовпроф,federation,club5\nОбком,branch,club7\n';
  expect((await product.command(['import', product.file('register.csv', register)])).code).toBe(0);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.close();
});

async function openOverview(javaScript: boolean): Promise<Page> {
  const reader = { width: 360, scheme: 'light', locale: 'en', javaScript } as const;
  const context = await contextOf(browser, origin, reader, administrator);
  const page = await context.newPage();
  await page.goto('/', { waitUntil: 'networkidle' });
  return page;
}

async function send(page: Page, subscribers: string, by: string): Promise<void> {
  await page.locator('#growth summary').first().click();
  await page.locator('input[name=subscribers]').fill(subscribers);
  await page.locator('input[name=by]').fill(by);
  await page.locator('#growth button', { hasText: 'Save' }).click();
}

test.each([{ javaScript: false }, { javaScript: true }])(
  'the target is mended, saved, cleared and put back, with scripts: $javaScript',
  async ({ javaScript }) => {
    const page = await openOverview(javaScript);
    const growth = page.locator('#growth');
    const late = await openOverview(javaScript);
    expect(await page.locator('.verdict').innerText()).toContain('The first collection has not run yet.');
    expect(await growth.innerText()).toContain('No target is set.');

    await send(page, 'many', '2020-01-01');
    await growth.getByText('Got “many”, wanted a whole number of subscriptions from 1.').waitFor();
    await growth.getByText('Got “2020-01-01”, wanted a day after today.').waitFor();
    expect(await page.locator('input[name=subscribers]').inputValue()).toBe('many');
    expect(await page.locator('input[name=subscribers]').getAttribute('aria-invalid')).toBe('true');
    if (javaScript) await page.locator('input[name=subscribers]:focus').waitFor();

    await page.locator('input[name=subscribers]').fill('9 000');
    await page.locator('input[name=by]').fill('2089-12-31');
    await growth.locator('button', { hasText: 'Save' }).click();
    await growth.getByText('Target: 9,000 subscriptions by 31 December 2089').first().waitFor();
    expect(await growth.innerText()).toContain('Target: 9,000 subscriptions by 31 December 2089.');
    if (javaScript) await page.locator('#growth details:not([open]) summary:focus').waitFor();

    // Somebody else had the overview open before: they are told, and what they wrote is not lost.
    await send(late, '8 000', '2089-06-30');
    await late
      .getByText('Nothing was done: while the form was open, this was edited by anna@example.ru')
      .waitFor();
    await late.locator('#growth').getByText('Target: 9,000 subscriptions').first().waitFor();
    expect(await late.locator('input[name=subscribers]').inputValue()).toBe('8 000');
    await late.locator('#growth button', { hasText: 'Save' }).click();
    await late.locator('#notice').getByText('Target: 8,000 subscriptions by 30 June 2089').waitFor();
    await late.locator('#notice button').click();
    await late.getByText('Undone. Target: 8,000 subscriptions').waitFor();
    await late.context().close();

    // What was changed and put back meanwhile is told, too.
    await growth.locator('summary').first().click();
    await growth.locator('button', { hasText: 'Clear the target' }).click();
    await growth.getByText('this was edited by anna@example.ru').waitFor();
    await growth.locator('button', { hasText: 'Clear the target' }).click();
    await growth.getByText('The growth target is cleared').waitFor();
    expect(await growth.innerText()).toContain('No target is set.');
    await page.locator('#notice button').click();
    await growth.getByText('Undone. The growth target is cleared').waitFor();
    expect(await growth.innerText()).toContain('Target: 9,000 subscriptions by 31 December 2089.');

    await growth.locator('summary').first().click();
    await growth.locator('button', { hasText: 'Clear the target' }).click();
    await page.locator('#notice').getByText('The growth target is cleared').waitFor();
    await page.context().close();
  },
);

test('without the register the overview leads to the first steps', async () => {
  const empty = openProduct();
  const { administrator: own } = await empty.startClaimed();
  const response = await own.get('/');
  expect([response.status, response.headers.get('location')]).toEqual([307, '/start']);
  await empty.close();
});
