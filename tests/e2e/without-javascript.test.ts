import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { contextOf, openBrowser } from './browser.ts';
import { ask } from './site.ts';
import type { LeaderboardAnswer } from './site.ts';

const origin = inject('origin');
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  context = await contextOf(browser, origin, {
    width: 1440,
    scheme: 'light',
    locale: 'en',
    javaScript: false,
  });
});
afterAll(async () => browser.close());
beforeEach(async () => {
  page = await context.newPage();
  return () => page.close();
});

/** How many posts of 24 hours the page says there are, and how many it shows. */
async function newPosts(): Promise<{ said: number; shown: number }> {
  const figure = page.locator('main > dl > div', { hasText: 'Posts in 24 hours' }).locator('dd');
  const said = Number.parseInt(await figure.innerText(), 10);
  return { said, shown: await page.locator('#new-posts article').count() };
}

test('the overview is read without scripts, and shows more posts by a link where there are more', async () => {
  await page.goto('/');
  expect(await page.locator('main section').count()).toBe(7);
  const { said, shown } = await newPosts();
  expect(said).toBeGreaterThan(0);
  expect(shown).toBe(Math.min(said, 8));
  const link = page.locator('#new-posts a', { hasText: 'Show more' });
  expect(await link.count()).toBe(said > shown ? 1 : 0);
  // On a quiet night there are few: the address of the link shows them all the same.
  await (said > shown ? link.click() : page.goto('/?posts=32'));
  expect(new URL(page.url()).searchParams.get('posts')).toBe('32');
  const more = await newPosts();
  expect(more.shown).toBe(Math.min(more.said, 32));
});

test('the ranking is read without scripts', async () => {
  const { data } = await ask<LeaderboardAnswer>(origin, '/api/v1/leaderboard');
  await page.goto('/ranking');
  const placed = data.filter(({ place }) => place !== null);
  expect(await page.locator('tr[id^=organisation-]').count()).toBeGreaterThanOrEqual(
    Math.min(placed.length, 25),
  );
});

test('the filters are a form: a search is sent by its button', async () => {
  const { data } = await ask<LeaderboardAnswer>(origin, '/api/v1/leaderboard');
  const wanted = data.find(({ place }) => place !== null)?.organisation;
  await page.goto('/ranking');
  await page.locator('input[type=search]').fill(wanted?.name ?? '');
  await page.locator('form[role=search] button').click();
  expect(new URL(page.url()).searchParams.get('search')).toBe(wanted?.name);
  expect(await page.locator('tr[id^=organisation-]').count()).toBe(1);
});

test('a row opens into why it stands where it stands', async () => {
  await page.goto('/ranking');
  const row = page.locator('tr[id^=organisation-]').first();
  await row.locator('.c-why a').click();
  expect(await page.locator('.c-why a[aria-expanded=true]').count()).toBe(1);
});

test('a column sorts by its link', async () => {
  await page.goto('/ranking');
  await page.locator('th.c-subscribers a').click();
  expect(await page.locator('th.c-subscribers').getAttribute('aria-sort')).toBe('descending');
});

test('an organisation’s page is reached and read', async () => {
  await page.goto('/ranking');
  const link = page.locator('tr[id^=organisation-] .c-name a').first();
  const name = await link.innerText();
  await link.click();
  expect(page.url()).toContain('/organisations/');
  expect(await page.locator('main').innerText()).toContain(name);
});
