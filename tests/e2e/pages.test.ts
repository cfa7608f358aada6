import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { accessibilityProblems } from './accessibility.ts';
import {
  contextOf,
  narrowProblems,
  openBrowser,
  overflow,
  readerName,
  readers,
  various,
  watchPage,
} from './browser.ts';
import type { Reader } from './browser.ts';
import { sitePages } from './site.ts';
import type { SitePage } from './site.ts';

const origin = inject('origin');
let browser: Browser;
let pages: SitePage[];

beforeAll(async () => {
  browser = await openBrowser();
  pages = await sitePages(origin);
});
afterAll(async () => browser.close());

/** What is wrong with one page for one reader, each as a sentence. */
async function problemsOf(context: BrowserContext, site: SitePage, reader: Reader): Promise<string[]> {
  const page = await context.newPage();
  const complaints = watchPage(page, origin);
  const response = await page.goto(site.path, { waitUntil: 'networkidle' });
  // The browser itself writes to the console about an answer that is no success.
  const problems = complaints.filter(
    (text) => site.status === 200 || !text.includes(`status of ${site.status}`),
  );
  if (response?.status() !== site.status) problems.push(`answered ${String(response?.status())}`);
  if ((await page.locator('html').getAttribute('lang')) !== reader.locale)
    problems.push('is in another language');
  if ((await page.title()).trim() === '') problems.push('has no title');
  const description = page.locator('head meta[name="description"]');
  if (((await description.getAttribute('content')) ?? '').length < 20) problems.push('has no description');
  const asked = await page.locator('head link[rel="preload"][as="font"]').count();
  if (asked < 3) problems.push(`asks for ${asked} fonts with the page`);
  const wider = await overflow(page);
  if (wider > 0) problems.push(`scrolls sideways by ${wider} px`);
  // What axe finds is a matter of a page's make and of two of the reader's traits at most: it takes the most time.
  if (various.includes(reader)) problems.push(...(await accessibilityProblems(page)));
  if (reader.width === 360) problems.push(...(await narrowProblems(page)));
  await page.close();
  return problems;
}

test('axe names what is wrong with a page that is made wrong', async () => {
  const page = await (
    await contextOf(browser, origin, { width: 1440, scheme: 'light', locale: 'en' })
  ).newPage();
  await page.goto('/methodology', { waitUntil: 'networkidle' });
  await page.evaluate(() => {
    const [image, pale] = [document.createElement('img'), document.createElement('p')];
    pale.textContent = 'Too pale to be read';
    pale.style.cssText = 'color: #777; background: #888';
    document.querySelector('main')?.append(image, pale);
  });
  const found = (await accessibilityProblems(page)).join('\n');
  expect(found).toContain('axe image-alt');
  expect(found).toContain('axe color-contrast');
  await page.context().close();
});

// Two readers at a time: as many as a small machine has cores.
test.concurrent.each(readers.map((reader) => ({ name: readerName(reader), reader })))(
  'every page is sound for a reader $name: console, accessibility, width, origin, language',
  async ({ reader }) => {
    const context = await contextOf(browser, origin, reader);
    const problems: Record<string, string[]> = {};
    for (const site of pages) {
      const found = await problemsOf(context, site, reader);
      if (found.length > 0) problems[`${site.name} ${site.path}`] = found;
    }
    await context.close();
    expect(problems).toEqual({});
  },
);
