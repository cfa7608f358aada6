import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { addDays, calendarPeriod, dayOf, previousPeriod } from '#domain/period.ts';
import { contextOf, openBrowser } from './browser.ts';
import { ask } from './site.ts';
import type { LeaderboardAnswer } from './site.ts';
import { worldSize } from './world-size.ts';

/** What the overview shows, against the same questions asked through the API. */
const origin = inject('origin');
const today = dayOf(systemClock.now(), 'Asia/Irkutsk');
const running = calendarPeriod('week', today);
const lastWeek = previousPeriod(running, 'week');

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  const context = await contextOf(browser, origin, { width: 1440, scheme: 'light', locale: 'en' });
  page = await context.newPage();
  await page.goto('/?posts=200', { waitUntil: 'networkidle' });
});
afterAll(async () => browser.close());

const whole = new Intl.NumberFormat('en');
const leaderboard = ({ from, to }: { from: string; to: string }) =>
  ask<LeaderboardAnswer>(origin, `/api/v1/leaderboard?from=${from}&to=${to}`);
const figure = async (name: string): Promise<string> =>
  (await page.locator('main > dl > div', { hasText: name }).locator('dd').innerText()).replaceAll(
    /\s+/g,
    ' ',
  );
const organisationsIn = (section: string): Promise<number[]> =>
  page
    .locator(`${section} a[href^="/organisations/"]`)
    .evaluateAll((links) => links.map((link) => Number(link.getAttribute('href')?.split('/').at(-1))));

test('the pages read are those of the ranking’s coverage, the unread ones named', async () => {
  const { meta } = await leaderboard(running);
  const { pages, read } = meta['coverage'] as { pages: number; read: number };
  expect(pages).toBeGreaterThan(0.9 * worldSize.organisations);
  expect(await figure('Pages read')).toBe(`${read} of ${pages}`);
  expect(pages - read).toBeGreaterThan(0);
  expect(await page.locator('.verdict').innerText()).toMatch(
    new RegExp(`\\b${pages - read} pages? could not be read`),
  );
  const unread = await ask<{ data: { organisation: { id: number }; lastOutcome: string }[] }>(
    origin,
    '/api/v1/pages?limit=500',
  );
  const expected = unread.data.filter(({ lastOutcome }) => !['ok', 'empty'].includes(lastOutcome));
  expect((await organisationsIn('#collection')).toSorted((a, b) => a - b)).toEqual(
    expected.map(({ organisation }) => organisation.id).toSorted((a, b) => a - b),
  );
});

test('the silent are those of the running week’s ranking', async () => {
  const { data } = await leaderboard(running);
  const silent = data.filter(({ status }) => status === 'stale' || status === 'dead');
  expect(silent.length).toBeGreaterThan(0);
  expect(await figure('Not updated')).toMatch(new RegExp(`^${silent.length}( |$)`));
  const listed = await organisationsIn('#silent');
  expect(listed).toHaveLength(Math.min(silent.length, 8));
  expect(silent.map(({ organisation }) => organisation.id)).toEqual(expect.arrayContaining(listed));
});

test('the posts of the last 24 hours are those of the list of posts', async () => {
  const { data } = await ask<{ data: { url: string; published: string }[] }>(
    origin,
    `/api/v1/posts?from=${addDays(today, -2)}&to=${today}&limit=500`,
  );
  const shown = await page.locator('#new-posts article').evaluateAll((articles) =>
    articles.map((article) => ({
      url: article.querySelector('a[target="_blank"]')?.getAttribute('href') ?? '',
      published: article.querySelector('time')?.getAttribute('datetime') ?? '',
    })),
  );
  expect(shown.length).toBeGreaterThan(0);
  // Those published while the tests run are not on the page yet, and the oldest may have left it.
  const [newest, oldest] = [shown[0]?.published ?? '', shown.at(-1)?.published ?? ''];
  expect(shown.map(({ url }) => url)).toEqual(
    data.filter(({ published }) => published >= oldest && published <= newest).map(({ url }) => url),
  );
  expect(await figure('Posts in 24 hours')).toMatch(new RegExp(`^${shown.length}( |$)`));
});

test('subscriptions, their growth and the movers are those of the rankings', async () => {
  const now = await leaderboard(running);
  const week = await leaderboard(lastWeek);
  const sum = (values: (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const growth = sum(week.data.map((row) => row.growth));
  const said = growth > 0 ? ` +${whole.format(growth)}` : growth < 0 ? ` −${whole.format(-growth)}` : '';
  expect(await figure('Subscriptions')).toBe(
    `${whole.format(sum(now.data.map(({ subscribers }) => subscribers)))}${said}`,
  );
  const moved = await page.locator('#movers tbody tr:has(td)').evaluateAll((rows) =>
    rows.map((row) => ({
      id: Number(/open=(\d+)/.exec(row.querySelector('a')?.getAttribute('href') ?? '')?.[1]),
      place: Number(/→\s*(\d+)/.exec(row.querySelector('.places')?.textContent ?? '')?.[1]),
      from: Number(/(\d+)\s*→/.exec(row.querySelector('.places')?.textContent ?? '')?.[1]),
    })),
  );
  // In a small federation there are weeks in which nobody moves.
  const movements = week.data.map(({ movement }) => movement ?? 0);
  expect(moved.some(({ place, from }) => place < from)).toBe(movements.some((places) => places > 0));
  expect(moved.some(({ place, from }) => place > from)).toBe(movements.some((places) => places < 0));
  if (moved.length === 0)
    expect(await page.locator('#movers').innerText()).toContain('Nobody changed places.');
  for (const { id, place, from } of moved) {
    const row = week.data.find(({ organisation }) => organisation.id === id);
    expect({ place, movement: from - place }).toEqual({ place: row?.place, movement: row?.movement });
  }
});

test('the federation’s own pages grow as its organisation’s do', async () => {
  const { data } = await leaderboard(running);
  const federation = data.find(({ organisation }) => organisation.level === 'federation');
  const count = await page.locator('#growth .count b').innerText();
  expect(count).toBe(`${whole.format(federation?.subscribers ?? -1)} subscriptions`);
});

test('what everybody may read holds no contact and cannot be changed', async () => {
  const html = await (await fetch(origin)).text();
  expect(html).not.toMatch(/tel:|mailto:|<form[^>]+target/i);
  const sent = await fetch(`${origin}/?/target`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'subscribers=99999&by=2099-01-01',
  });
  expect(sent.status).toBe(403);
  expect(await (await fetch(origin)).text()).not.toContain('2099-01-01');
});
