import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { contextOf, openBrowser } from './browser.ts';

const origin = inject('origin');
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  const context = await contextOf(browser, origin, { width: 1440, scheme: 'light', locale: 'en' });
  page = await context.newPage();
});
afterAll(async () => browser.close());

/** Presses Tab until what has the focus fits, at most that often; tells whether it came to that. */
async function tabTo(selector: string, most = 120): Promise<boolean> {
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector))
      return true;
  }
  return false;
}

/** Whether what has the focus can be seen to have it: an outline or a shadow, inside the window. */
function focusIsSeen(): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return false;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const isMarked =
      (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
    return isMarked && box.bottom > 0 && box.top < innerHeight && box.width > 0;
  });
}

test('the first stop leads past the navigation', async () => {
  await page.goto('/ranking', { waitUntil: 'networkidle' });
  await page.keyboard.press('Tab');
  expect(await focusIsSeen()).toBe(true);
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
});

test.each(['/', '/ranking'])('every stop of %s can be seen', async (path) => {
  await page.goto(path, { waitUntil: 'networkidle' });
  const unseen: string[] = [];
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press('Tab');
    if (!(await focusIsSeen())) {
      unseen.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120) ?? 'nothing'));
    }
  }
  expect(unseen).toEqual([]);
});

test('the overview leads to its lists, and a hint opens and closes by the keyboard', async () => {
  await page.goto('/', { waitUntil: 'networkidle' });
  expect(await tabTo('.verdict a')).toBe(true);
  await page.keyboard.press('Enter');
  await page.waitForURL(/#collection$/);
  await page.goto('/', { waitUntil: 'networkidle' });
  expect(await tabTo('dl button')).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('dl .hint:popover-open').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dl .hint:popover-open').waitFor({ state: 'detached' });
});

test('a row opens and closes by the keyboard, and the focus stays', async () => {
  await page.goto('/ranking', { waitUntil: 'networkidle' });
  expect(await tabTo('.c-why a')).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('.c-why a[aria-expanded=true]').waitFor();
  expect(await page.evaluate(() => document.activeElement?.matches('.c-why a'))).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('.c-why a[aria-expanded=true]').waitFor({ state: 'detached' });
});

test('a column sorts by the keyboard', async () => {
  await page.goto('/ranking', { waitUntil: 'networkidle' });
  expect(await tabTo('th.c-posts a')).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('th.c-posts[aria-sort]').waitFor();
});

test('an organisation opens by the keyboard', async () => {
  await page.goto('/ranking', { waitUntil: 'networkidle' });
  expect(await tabTo('tr[id^=organisation-] .c-name a')).toBe(true);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/organisations\/\d+/);
});

test('a choice by the arrow keys waits for Enter or for the next field, and keeps the focus and the place', async () => {
  await page.goto('/ranking', { waitUntil: 'networkidle' });
  const asked = () => new URL(page.url()).searchParams.get('network');
  const list = page.locator('select[name=network]');
  await page.evaluate(() => scrollTo(0, 60));
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await list.inputValue()).toBe('telegram');
  expect(asked()).toBeNull();
  await page.keyboard.press('Enter');
  await page.waitForURL(/network=telegram/);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('network');
  expect(await page.evaluate(() => scrollY)).toBe(60);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  expect(await list.inputValue()).toBe('telegram');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await page.waitForURL(/network=vk/);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('league');
});

test('what unfolds closes by Escape and gives the focus back: the own period, a row, the menu', async () => {
  await page.goto('/ranking', { waitUntil: 'networkidle' });
  const focusIs = (selector: string) =>
    page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
  await page.locator('.periods summary').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focusIs('input[name=from]')).toBe(true);
  await page.keyboard.press('Escape');
  await page.locator('.periods details:not([open])').waitFor();
  expect(await focusIs('.periods summary')).toBe(true);

  for (const close of ['Escape', 'Enter']) {
    const toggle = page.locator('.c-why a').nth(1);
    await toggle.focus();
    await page.keyboard.press('Enter');
    const link = page.locator('td section p.note a').last();
    await link.focus();
    await page.keyboard.press(close);
    await link.waitFor({ state: 'detached' });
    await expect.poll(() => toggle.evaluate((element) => element === document.activeElement)).toBe(true);
  }

  await page.setViewportSize({ width: 360, height: 740 });
  await page.locator('nav.top summary').click();
  await page.locator('nav.top a[href="/silent"]').focus();
  await page.keyboard.press('Escape');
  await page.locator('nav.top details:not([open])').waitFor();
  expect(await focusIs('nav.top summary')).toBe(true);
  await page.locator('nav.top summary').click();
  await page.locator('nav.top a[href="/methodology"]').click();
  await page.waitForURL(/methodology/);
  await page.locator('nav.top details:not([open])').waitFor();
});
