import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { contextOf, openBrowser, overflow, readerName, readers, watchPage } from './browser.ts';
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
async function problemsOf(site: SitePage, reader: (typeof readers)[number]): Promise<string[]> {
  const context = await contextOf(browser, origin, reader);
  try {
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
    if (((await page.title()) ?? '').trim() === '') problems.push('has no title');
    const wider = await overflow(page);
    if (wider > 0) problems.push(`scrolls sideways by ${wider} px`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, help, nodes } of violations) {
      problems.push(`axe ${id}: ${help} (${nodes.length}), e.g. ${String(nodes[0]?.html).slice(0, 200)}`);
    }
    return problems;
  } finally {
    await context.close();
  }
}

// Two at a time: as many as there are cores on a small machine.
describe.each(readers.map((reader) => ({ name: readerName(reader), reader })))(
  'for a reader $name',
  ({ reader }) => {
    test.concurrent('every page is sound: console, accessibility, width, origin, language', async () => {
      const problems: Record<string, string[]> = {};
      for (const site of pages) {
        const found = await problemsOf(site, reader);
        if (found.length > 0) problems[`${site.name} ${site.path}`] = found;
      }
      expect(problems).toEqual({});
    });
  },
);
