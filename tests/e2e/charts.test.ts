import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { contextOf, openBrowser } from './browser.ts';

const origin = inject('origin');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => browser.close());

/** The ranking as a telephone shows it: its charts stand far below. */
async function openRanking(): Promise<{ page: Page; scripts: () => number; close: () => Promise<void> }> {
  const context = await contextOf(browser, origin, { width: 360, scheme: 'light', locale: 'ru' });
  const page = await context.newPage();
  let scripts = 0;
  page.on('request', (request) => (scripts += request.resourceType() === 'script' ? 1 : 0));
  await page.goto('/ranking', { waitUntil: 'networkidle' });
  return { page, scripts: () => scripts, close: async () => await context.close() };
}

/** How many charts are drawn: the library sets a canvas's own size when it draws. */
const drawn = async (page: Page): Promise<number> =>
  await page.locator('figure canvas[style*="width"]').count();

test('the code of charts is loaded when one comes near, and each is drawn then', async () => {
  const { page, scripts, close } = await openRanking();
  const before = scripts();
  expect([await page.locator('figure canvas').count(), await drawn(page)]).toEqual([2, 0]);
  await page.locator('figure canvas').first().scrollIntoViewIfNeeded();
  await page.locator('figure canvas[style*="width"]').first().waitFor();
  expect(scripts()).toBeGreaterThan(before);
  await close();
});

test('a print without a chart has its numbers, and the list is closed after it', async () => {
  const { page, close } = await openRanking();
  const open = page.locator('figure details[open]');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(await open.count()).toBe(2);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await open.count()).toBe(0);
  await close();
});

test('the page’s own button prints when every chart is drawn', async () => {
  const { page, close } = await openRanking();
  const printed = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        window.print = () => resolve(document.querySelectorAll('figure canvas[style*="width"]').length);
      }),
  );
  await page.getByRole('button', { name: 'Напечатать' }).click();
  expect(await printed).toBe(2);
  await close();
});
